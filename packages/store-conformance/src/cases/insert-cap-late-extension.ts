import assert from "node:assert/strict";
import type { KeyRecord, Store } from "@claviger/core";
import { listed } from "../eventually.js";
import { changed, changeOf, freshTenant, NOW_MS, replaceSample, sampleKey } from "../samples.js";
import type { Suite } from "../suite.js";
import { walkList } from "../walk-list.js";

const END_MS = NOW_MS + 1;

export function insertCapLateExtension({ it, createStore }: Suite): void {
  it("an end that is put off after another key took the place: the key is counted again, or stays dead", async () => {
    const store = await createStore();
    const [key, second] = await insertInItsPlace(store);
    await extend(store, key, second);
  });

  it("a key whose place another took can be changed as long as it ends no later, and is no more alive for it", async () => {
    const store = await createStore();
    const [key, second] = await insertInItsPlace(store);
    const same = changed(key, { name: "other" });
    const disabled = changed(same, { state: "disabled" });
    const enabled = changed(disabled, { state: "active" });
    const earlier = changed(enabled, { expiresAt: NOW_MS });
    for (const next of [same, disabled, enabled, earlier]) await replaceSample(store, next);
    await extend(store, earlier, second);
  });
}

/** A key that has ended, and one that took its place under a cap of one. */
async function insertInItsPlace(store: Store): Promise<readonly [KeyRecord, KeyRecord]> {
  const tenant = freshTenant();
  const key = sampleKey({ tenant, expiresAt: END_MS });
  const second = sampleKey({ tenant });
  await insertAt(store, key, NOW_MS);
  assert.deepEqual(await insertAt(store, second, END_MS), { outcome: "inserted" });
  return [key, second];
}

/** Whatever the store makes of a later end: one key is alive at most, also once the second has gone and others have come. */
async function extend(store: Store, key: KeyRecord, second: KeyRecord): Promise<void> {
  const { tenant } = key;
  const extended = changed(key, { expiresAt: null });
  const { outcome } = await store.replace(extended, key.version, changeOf(extended, "key.updated"));
  assert.ok(outcome === "replaced" || outcome === "conflict");

  await replaceSample(store, changed(second, { state: "revoked" }));
  await insertAt(store, sampleKey({ tenant }), END_MS);
  await insertAt(store, sampleKey({ tenant }), END_MS);
  const query = { tenant, status: "active", order: "newest", limit: 10, nowMs: END_MS } as const;
  await listed(store, async () => assert.equal((await walkList(store, query)).length, 1));
}

function insertAt(store: Store, key: KeyRecord, nowMs: number) {
  return store.insert(key, { maxLive: 1, nowMs }, changeOf(key, "key.created"));
}
