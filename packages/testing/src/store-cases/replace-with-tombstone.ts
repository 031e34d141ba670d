import assert from "node:assert/strict";
import { changed, changeOf, findOne, insertSample, NOW_MS, replaceSample, tombstoneOf } from "./sample.js";
import type { StoreSuite } from "./store-suite.js";

export function replaceWithTombstone({ it, createStore }: StoreSuite): void {
  it("KF-8: a deleted key is its tombstone to find, and gone from lists", async () => {
    const store = await createStore();
    const key = await insertSample(store, { metadata: { secretly: "kept?" } });
    const tombstone = tombstoneOf(key);
    await replaceSample(store, tombstone);
    assert.deepEqual(await findOne(store, key.id), tombstone);
    assert.deepEqual(await store.list({ tenant: key.tenant, order: "newest", limit: 10, nowMs: NOW_MS }), {
      items: [],
    });
  });

  it("a late write meets the tombstone as a conflict", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const tombstone = tombstoneOf(key);
    await replaceSample(store, tombstone);
    const late = changed(key);
    const result = await store.replace(late, key.version, changeOf(late, "key.updated"));
    assert.deepEqual(result, { outcome: "conflict", current: tombstone });
  });

  it("deleting a key erases its meters, and no one else's", async () => {
    const store = await createStore();
    const [gone, other] = [await insertSample(store), await insertSample(store)];
    const spendOne = (keyId: string, tenant: string) =>
      store.consume(
        [{ tenant, keyId, units: 1, charges: [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 9 }] }],
        NOW_MS,
      );
    for (const key of [gone, other]) await spendOne(key.id, key.tenant);
    await replaceSample(store, tombstoneOf(gone));
    const usedAfterOneMore = async (key: typeof gone) => (await spendOne(key.id, key.tenant))[0]?.meters;
    assert.deepEqual(await usedAfterOneMore(gone), [{ form: "window", windowAt: 0, used: 1 }]);
    assert.deepEqual(await usedAfterOneMore(other), [{ form: "window", windowAt: 0, used: 2 }]);
  });
}
