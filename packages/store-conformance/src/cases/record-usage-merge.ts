import assert from "node:assert/strict";
import { mergeUsage, type Sighting, type UsageCount, type UsageRecord } from "@claviger/core";
import fc from "fast-check";
import { atOnce, findOne, insertSample, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { HOUR_AT, HOUR_MS, noUsage, usageNow, usageOf } from "../usage-sample.js";

const moment = fc.integer({ min: 0, max: 20 }).map((minutes) => NOW_MS + 60_000 * minutes);
const plain = { noNullPrototype: true } as const;

const count: fc.Arbitrary<UsageCount> = fc.record(
  {
    hourAt: fc.integer({ min: 0, max: 2 }).map((hours) => HOUR_AT + HOUR_MS * hours),
    outcome: fc.constantFrom("ok", "expired", "rate_limited"),
    count: fc.integer({ min: 1, max: 1_000_000 }),
  },
  plain,
);

const sighting: fc.Arbitrary<Sighting> = fc
  .record(
    {
      kind: fc.constantFrom("secret", "scope", "client"),
      name: fc.constantFrom("1", "2", "a:read"),
      firstAt: moment,
      lastAt: moment,
    },
    plain,
  )
  .filter(({ firstAt, lastAt }) => firstAt <= lastAt);

const seen: fc.Arbitrary<Omit<UsageRecord, "tenant" | "keyId">> = fc.record(
  {
    lastUsedAt: fc.option(moment),
    counts: fc.array(count, { maxLength: 4 }),
    sightings: fc.array(sighting, { maxLength: 4 }),
  },
  plain,
);

/** Which key it is about, and in which call it arrives. */
const arrival = fc.record({ key: fc.nat({ max: 1 }), call: fc.nat({ max: 2 }), seen });

export function recordUsageMerge({ it, createStore }: Suite): void {
  it("usage merges: in whatever order and portions it arrives, times only move outwards and counts add up", async () => {
    const store = await createStore();
    await fc.assert(
      fc.asyncProperty(fc.array(arrival, { maxLength: 8 }), async (arrivals) => {
        const keys = [await insertSample(store), await insertSample(store)] as const;
        const sent = arrivals.map(({ key, call, seen }) => ({ call, record: usageOf(keys[key === 0 ? 0 : 1], seen) }));
        for (const turn of [2, 0, 1]) {
          await store.recordUsage(sent.filter(({ call }) => call === turn).map(({ record }) => record));
        }
        const merged = mergeUsage(sent.map(({ record }) => record));
        for (const key of keys) {
          const { lastUsedAt, counts, sightings } = merged.find(({ keyId }) => keyId === key.id) ?? noUsage(key.id);
          assert.deepEqual(await usageNow(store, key), { keyId: key.id, lastUsedAt, counts, sightings });
          assert.deepEqual(await findOne(store, key.id), { ...key, lastUsedAt });
        }
      }),
    );
  });

  it("last-used moves only forward, whichever arrives last", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    for (const [lastUsedAt, expected] of [
      [NOW_MS + 5, NOW_MS + 5],
      [NOW_MS + 4, NOW_MS + 5],
      [null, NOW_MS + 5],
      [NOW_MS + 6, NOW_MS + 6],
    ] as const) {
      await store.recordUsage([usageOf(key, { lastUsedAt })]);
      assert.deepEqual(await findOne(store, key.id), { ...key, lastUsedAt: expected });
      assert.equal((await usageNow(store, key)).lastUsedAt, expected);
    }
  });

  it("a key named twice in one batch is counted twice, and so is a batch that is repeated", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const batch = [usageOf(key), usageOf(key)];
    await store.recordUsage(batch);
    await store.recordUsage(batch);
    await store.recordUsage([]);
    assert.deepEqual((await usageNow(store, key)).counts, [{ hourAt: HOUR_AT, outcome: "ok", count: 4 }]);
  });

  it("usage of overlapping keys, recorded by many at once and each in an order of its own: no deadlock, no count lost", async () => {
    const store = await createStore();
    const keys = await atOnce(6, () => insertSample(store));
    await atOnce(20, async (writer) => {
      const order = [...keys.slice(writer % 6), ...keys.slice(0, writer % 6)];
      const batch = order.map((key) => usageOf(key, { lastUsedAt: NOW_MS + writer }));
      await store.recordUsage(writer % 2 === 0 ? batch : batch.reverse());
    });
    for (const key of keys) {
      const { lastUsedAt, counts } = await usageNow(store, key);
      assert.equal(lastUsedAt, NOW_MS + 19);
      assert.deepEqual(counts, [{ hourAt: HOUR_AT, outcome: "ok", count: 20 }]);
    }
  });
}
