import assert from "node:assert/strict";
import type { Store } from "@claviger/core";
import fc from "fast-check";
import type { Suite } from "../suite.js";
import { walkEvents } from "../walk-events.js";
import { besideDrafts } from "./beside-calls.js";
import { explainedBy, type Recorded } from "./explained-by.js";
import { keyDrafts } from "./key-calls.js";
import { type Cast, came, type Draft, newCast, newSeen, type PortCall } from "./port-call.js";

const CALLERS = 3;
const MAX_CALLS_EACH = 4;

const callers = fc.array(
  fc.array(fc.oneof(...keyDrafts, ...besideDrafts), { minLength: 1, maxLength: MAX_CALLS_EACH }),
  {
    minLength: 2,
    maxLength: CALLERS,
  },
);

/** All that is left when everyone is done. */
function finalReads({ ids, tenants }: Cast): readonly PortCall[] {
  return [
    async (store) => came(await store.find(ids), (model) => model.find(ids)),
    async (store) =>
      came(await store.settings.get(tenants), (model) => tenants.map((tenant) => model.settings(tenant))),
    ...ids.map((keyId): PortCall => {
      const query = { tenant: tenants[0], keyId, order: "oldest", limit: 100 } as const;
      return async (store) => came(await walkEvents(store, query), (model) => model.events(query));
    }),
  ];
}

export function interleavings({ it, createStore }: Suite): void {
  it("two or three callers at once, in any interleaving: there is an order in which the model says the same", async () => {
    const store = await createStore();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), callers, async (scheduler, stories) => {
        const cast = newCast();
        const recorded: Recorded[] = [];
        const told = Promise.all(stories.map((story) => tell(store, story, cast, recorded, scheduler)));
        await scheduler.waitFor(told);
        for (const call of finalReads(cast)) await record(recorded, () => call(store));
        assert.ok(explainedBy(recorded), "no order of the calls explains what they came to");
      }),
    );
  });
}

/** One caller's calls, one after the other; the scheduler decides when each sets out, and when its reply arrives. */
async function tell(
  store: Store,
  story: readonly Draft[],
  cast: Cast,
  recorded: Recorded[],
  scheduler: fc.Scheduler,
): Promise<void> {
  const seen = newSeen();
  for (const draft of story) {
    await scheduler.schedule(Promise.resolve(), `${draft} sets out`);
    await record(recorded, async () => {
      const result = await draft.prepare(cast, seen)(store);
      await scheduler.schedule(Promise.resolve(), `${draft} is answered`);
      return result;
    });
  }
}

async function record(recorded: Recorded[], call: () => ReturnType<PortCall>): Promise<void> {
  const predecessors = recorded.filter(({ isDone }) => isDone);
  const entry: Recorded = { predecessors, isDone: false };
  recorded.push(entry);
  entry.came = await call();
  entry.isDone = true;
}
