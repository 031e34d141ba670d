import assert from "node:assert/strict";
import { findOne, freshId, freshTenant, insertSample, replaceSample, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { noUsage, usageNow, usageOf } from "../usage-sample.js";

export function recordUsageDropped({ it, createStore }: Suite): void {
  it("usage of a key that is missing is dropped, makes no key of it, and the rest of the batch counts", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const missing = { tenant: key.tenant, id: freshId() };
    await store.recordUsage([usageOf(missing), usageOf(key), usageOf(missing)]);
    assert.equal(await findOne(store, missing.id), undefined);
    assert.deepEqual(await usageNow(store, missing), noUsage(missing.id));
    assert.equal((await usageNow(store, key)).counts[0]?.count, 1);
    const late = await insertSample(store, missing);
    assert.deepEqual(await usageNow(store, late), noUsage(late.id), "nor is it kept for a key that comes later");
  });

  it("usage of a deleted key is dropped, and its tombstone stays as it is", async () => {
    const store = await createStore();
    const [gone, key] = [await insertSample(store), await insertSample(store)];
    const tombstone = tombstoneOf(gone);
    await replaceSample(store, tombstone);
    await store.recordUsage([usageOf(gone), usageOf(key)]);
    assert.deepEqual(await findOne(store, gone.id), tombstone);
    assert.deepEqual(await usageNow(store, gone), noUsage(gone.id));
    assert.equal((await usageNow(store, key)).counts[0]?.count, 1);
  });

  it("deleting a key erases its usage, and no one else's; any other change keeps it", async () => {
    const store = await createStore();
    const [gone, kept] = [await insertSample(store), await insertSample(store)];
    await store.recordUsage([usageOf(gone), usageOf(kept)]);
    const before = await usageNow(store, kept);
    await replaceSample(store, tombstoneOf(gone));
    await replaceSample(store, { ...kept, state: "revoked", version: 2 });
    assert.deepEqual(await usageNow(store, gone), noUsage(gone.id));
    assert.deepEqual(await usageNow(store, kept), before);
  });

  it("usage under another tenant than the key's is dropped, and is not the key's", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const foreign = { id: key.id, tenant: freshTenant() };
    await store.recordUsage([usageOf(foreign)]);
    assert.deepEqual(await usageNow(store, key), noUsage(key.id));
    assert.deepEqual(await usageNow(store, foreign), noUsage(key.id));
    assert.deepEqual(await findOne(store, key.id), { ...key, lastUsedAt: null });
  });
}
