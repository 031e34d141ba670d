import assert from "node:assert/strict";
import type { InsertResult, KeyRecord, Store } from "@claviger/core";
import { changed, changeOf, findOne, freshTenant, NOW_MS, replaceSample, sampleKey, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";

function insertUnder(maxLive: number, store: Store, key: KeyRecord, nowMs: number = NOW_MS): Promise<InsertResult> {
  return store.insert(key, { maxLive, nowMs }, changeOf(key, "key.created"));
}

const INSERTED = { outcome: "inserted" };
const LIMIT_REACHED = { outcome: "limit_reached" };

export function insertCap({ it, createStore }: Suite): void {
  it("QL-26: insert beyond the owner's cap is `limit_reached`, and writes nothing", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    assert.deepEqual(await insertUnder(1, store, sampleKey({ tenant })), INSERTED);
    const surplus = sampleKey({ tenant });
    const event = changeOf(surplus, "key.created");
    assert.deepEqual(await store.insert(surplus, { maxLive: 1, nowMs: NOW_MS }, event), LIMIT_REACHED);
    assert.equal(await findOne(store, surplus.id), undefined);
    assert.deepEqual(await eventsOf(store, surplus), []);
    assert.deepEqual(await store.insert(surplus, { maxLive: 2, nowMs: NOW_MS }, event), INSERTED);
  });

  it("a cap of nothing admits nothing, to an owner with and without keys", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    assert.deepEqual(await insertUnder(0, store, sampleKey({ tenant })), LIMIT_REACHED);
    assert.deepEqual(await insertUnder(1, store, sampleKey({ tenant })), INSERTED);
    assert.deepEqual(await insertUnder(0, store, sampleKey({ tenant })), LIMIT_REACHED);
  });

  it("QL-25: a cap lowered below what the owner holds admits nothing, and takes nothing away", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const kept = [sampleKey({ tenant }), sampleKey({ tenant }), sampleKey({ tenant })];
    for (const key of kept) assert.deepEqual(await insertUnder(3, store, key), INSERTED);
    assert.deepEqual(await insertUnder(2, store, sampleKey({ tenant })), LIMIT_REACHED);
    for (const { id } of kept) assert.notEqual(await findOne(store, id), undefined);
  });

  const counted: readonly [string, Partial<KeyRecord>][] = [
    ["a disabled key", { state: "disabled" }],
    ["a pending key", { notBefore: NOW_MS + 1 }],
    ["a key that expires a millisecond later", { expiresAt: NOW_MS + 1 }],
  ];
  for (const [title, given] of counted) {
    it(`${title} counts against the cap`, async () => {
      const store = await createStore();
      const holder = sampleKey(given);
      await insertUnder(1, store, holder);
      assert.deepEqual(await insertUnder(1, store, sampleKey({ tenant: holder.tenant })), LIMIT_REACHED);
    });
  }

  const free: readonly [string, (key: KeyRecord) => Parameters<typeof replaceSample>[1]][] = [
    ["a revoked key", (key) => changed(key, { state: "revoked" })],
    ["a compromised key", (key) => changed(key, { state: "compromised" })],
    ["a key that expires at this millisecond", (key) => changed(key, { expiresAt: NOW_MS })],
    ["a disabled key past its end", (key) => changed(key, { state: "disabled", expiresAt: NOW_MS - 1 })],
    ["a deleted key", tombstoneOf],
  ];
  for (const [title, end] of free) {
    it(`${title} counts no longer, and only its own place is free`, async () => {
      const store = await createStore();
      const holder = sampleKey();
      await insertUnder(2, store, holder);
      await insertUnder(2, store, sampleKey({ tenant: holder.tenant }));
      await replaceSample(store, end(holder));
      assert.deepEqual(await insertUnder(2, store, sampleKey({ tenant: holder.tenant })), INSERTED);
      assert.deepEqual(await insertUnder(2, store, sampleKey({ tenant: holder.tenant })), LIMIT_REACHED);
    });
  }
}
