import assert from "node:assert/strict";
import type { KeyRecord } from "@claviger/core";
import { listed } from "../eventually.js";
import { changed, changeOf, findOne, insertSample, NOW_MS, replaceSample } from "../samples.js";
import type { Suite } from "../suite.js";
import { usageOf } from "../usage-sample.js";
import { eventsOf } from "../walk-events.js";
import { listAll } from "../walk-list.js";

const USED_AT = NOW_MS + 1_000;

/** Keys of every state, with something in every field that usage must not touch. */
const keys: readonly Partial<KeyRecord>[] = (["active", "disabled", "revoked", "compromised"] as const).map(
  (state) => ({
    state,
    scopes: ["a:read"],
    metadata: { kept: ["as", 1, "is"] },
    expiresAt: NOW_MS + 5,
    notBefore: NOW_MS - 5,
    version: 7,
    secretVersion: 6,
    rotation: {
      previous: { alg: "sha256", hex: "e".repeat(64) },
      previousSecretVersion: 1,
      startedAt: NOW_MS,
      previousEndsAt: NOW_MS + 2,
      previousExpiresAt: null,
    },
  }),
);

export function recordUsageApart({ it, createStore }: Suite): void {
  it("promise 2: recordUsage touches nothing of a key, in whatever state, but when it was last used, and writes no event", async () => {
    const store = await createStore();
    for (const given of keys) {
      const key = await insertSample(store, given);
      const before = await findOne(store, key.id);
      const events = await eventsOf(store, key);
      await store.recordUsage([usageOf(key, { lastUsedAt: USED_AT })]);
      assert.deepEqual(await findOne(store, key.id), { ...before, lastUsedAt: USED_AT });
      assert.deepEqual(await eventsOf(store, key), events);
    }
  });

  it("usage disturbs no compare-and-swap: a replace at the version read before it was recorded succeeds", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const next = changed(key, { name: "next" });
    await store.recordUsage([usageOf(key, { lastUsedAt: USED_AT })]);
    await replaceSample(store, next);
    assert.deepEqual(await findOne(store, key.id), { ...next, lastUsedAt: USED_AT });
  });

  it("no change of a key touches when it was last used, and a conflict tells it", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    await store.recordUsage([usageOf(key, { lastUsedAt: USED_AT })]);
    const next = changed(key, { state: "disabled" });
    await replaceSample(store, next);
    const current = { ...next, lastUsedAt: USED_AT };
    assert.deepEqual(await findOne(store, key.id), current);
    const late = await store.replace(changed(key), key.version, changeOf(changed(key), "key.updated"));
    assert.deepEqual(late, { outcome: "conflict", current });
    const query = { tenant: key.tenant, order: "newest", limit: 1, nowMs: NOW_MS } as const;
    await listed(store, async () => assert.deepEqual(await listAll(store, query), [current]));
  });

  it("promise 2: usage that was seen before a revocation, and is recorded after it, leaves the key revoked", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const seen = usageOf(key, { lastUsedAt: USED_AT });
    const revoked = changed(key, { state: "revoked" });
    await replaceSample(store, revoked);
    await store.recordUsage([seen]);
    assert.deepEqual(await findOne(store, key.id), { ...revoked, lastUsedAt: USED_AT });
  });
}
