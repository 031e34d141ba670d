import assert from "node:assert/strict";
import type { AuditEvent, EventQuery, Store } from "@claviger/core";
import { observation } from "../event-samples.js";
import { listed } from "../eventually.js";
import { freshId, freshTenant, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { walkEvents } from "../walk-events.js";

interface Logged {
  readonly tenant: string;
  readonly keyId: string;
  readonly ids: readonly string[];
}

/** Twelve events about one key, three to a millisecond, so that pages end inside one, beside as many of another key. */
async function logTwelve(store: Store): Promise<Logged> {
  const [tenant, keyId, otherId] = [freshTenant(), freshId(), freshId()];
  const ids: string[] = [];
  for (let index = 0; index < 12; index += 1) {
    const at = NOW_MS + 10 * Math.floor(index / 3);
    const event = observation({ tenant, keyId, at });
    await store.append([event, observation({ tenant, keyId: otherId, at })]);
    ids.push(event.id);
  }
  const all: EventQuery = { tenant, order: "oldest", limit: 100 };
  await listed(store, async () => assert.equal((await walkEvents(store, all)).length, 24));
  return { tenant, keyId, ids };
}

const idsOf = (events: readonly AuditEvent[]): string[] => events.map(({ id }) => id);

export function eventsPages({ it, createStore }: Suite): void {
  it("pages of any size meet every event once, in order, and end, however few of the tenant's they are", async () => {
    const store = await createStore();
    const { tenant, keyId, ids } = await logTwelve(store);
    for (const limit of [1, 2, 5, 11, 12, 13, 100]) {
      for (const filter of [{ keyId }, { keyId, types: ["corrupt_key"] }]) {
        const query = { tenant, limit, ...filter };
        assert.deepEqual(idsOf(await walkEvents(store, { ...query, order: "oldest" })), ids);
        assert.deepEqual(idsOf(await walkEvents(store, { ...query, order: "newest" })), ids.toReversed());
      }
      const whole = idsOf(await walkEvents(store, { tenant, order: "oldest", limit }));
      assert.equal(new Set(whole).size, 24);
    }
  });

  it("a position among events is exclusive, and need not be an event's", async () => {
    const store = await createStore();
    const { tenant, keyId, ids } = await logTwelve(store);
    for (const scope of [{ keyId }, { types: ["corrupt_key"], keyId }]) {
      const from = async (at: number, id: string, order: "oldest" | "newest") =>
        idsOf(await walkEvents(store, { tenant, ...scope, order, after: { at, id }, limit: 5 }));
      assert.deepEqual(await from(NOW_MS, ids[1] ?? "", "oldest"), ids.slice(2));
      assert.deepEqual(await from(NOW_MS, ids[1] ?? "", "newest"), ids.slice(0, 1));
      assert.deepEqual(await from(NOW_MS + 5, "anything", "oldest"), ids.slice(3));
      assert.deepEqual(await from(NOW_MS + 5, "anything", "newest"), ids.slice(0, 3).reverse());
      assert.deepEqual(await from(NOW_MS + 99, "", "oldest"), []);
      assert.deepEqual(await from(0, "", "newest"), []);
    }
  });

  for (const order of ["oldest", "newest"] as const) {
    for (const whose of ["tenant", "key"] as const) {
      it(`events of a ${whose} that were there before a walk, ${order} first, are met exactly once while others come`, async () => {
        const store = await createStore();
        const { tenant, keyId, ids } = await logTwelve(store);
        const scope = whose === "key" ? { tenant, keyId } : { tenant };
        const met = idsOf(
          await walkEvents(store, { ...scope, order, limit: 2 }, async (page) => {
            const atEveryPlace = [NOW_MS - 5, NOW_MS + 15, NOW_MS + 30];
            if (page <= 10) await store.append(atEveryPlace.map((at) => observation({ tenant, keyId, at })));
          }),
        );
        assert.equal(new Set(met).size, met.length, "nothing is met twice");
        const expected = order === "oldest" ? ids : ids.toReversed();
        assert.deepEqual(
          met.filter((id) => ids.includes(id)),
          expected,
        );
      });
    }
  }

  it("a tenant and a key without events have an empty log", async () => {
    const store = await createStore();
    const query = { tenant: freshTenant(), order: "newest", limit: 10 } as const;
    assert.deepEqual(await walkEvents(store, query), []);
    assert.deepEqual(await walkEvents(store, { ...query, keyId: freshId() }), []);
  });
}
