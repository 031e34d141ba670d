import assert from "node:assert/strict";
import type { Store } from "@claviger/core";
import fc from "fast-check";
import type { Suite } from "../suite.js";
import { besideDrafts } from "./beside-calls.js";
import { eventDrafts, tenantEventDrafts } from "./event-calls.js";
import { keyDrafts, listDrafts, wideKeyDrafts } from "./key-calls.js";
import { type ModelStore, modelStore } from "./model-store.js";
import { type Cast, type Draft, newCast, newSeen, type PortCall, type Seen } from "./port-call.js";

/** A story as it is told to the store. */
interface Told {
  readonly store: Store;
  readonly cast: Cast;
  readonly seen: Seen;
  last?: PortCall;
}

type Command = fc.AsyncCommand<ModelStore, Told>;

const MAX_CALLS = 40;

function commandOf(draft: Draft): Command {
  return {
    check: () => true,
    async run(model, told) {
      told.last = draft.prepare(told.cast, told.seen);
      await compare(model, told, told.last);
    },
    toString: () => draft.toString(),
  };
}

/** The call before once more, as after a lost reply. What counts, counts again, in the model too. */
const again: fc.Arbitrary<Command> = fc.constant({
  check: () => true,
  async run(model, told) {
    if (told.last !== undefined) await compare(model, told, told.last);
  },
  toString: () => "again",
});

async function compare(model: ModelStore, { store }: Told, call: PortCall): Promise<void> {
  const { actual, expected } = await call(store);
  assert.deepEqual(actual, expected(model));
}

export function sequences({ it, createStore }: Suite): void {
  it("any sequence of calls of every method comes out as the model says", async () => {
    const store = await createStore();
    const lagging = store.capabilities.lists === "lagging" ? [] : [...listDrafts, ...tenantEventDrafts];
    const all = [...keyDrafts, ...wideKeyDrafts, ...besideDrafts, ...eventDrafts, ...lagging];
    const stories = fc.commands([...all.map((draft) => draft.map(commandOf)), again], {
      maxCommands: MAX_CALLS,
      size: "max",
    });
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const told = { store, cast: newCast(), seen: newSeen() };
        await fc.asyncModelRun(() => ({ model: modelStore(), real: told }), story);
      }),
    );
  });
}
