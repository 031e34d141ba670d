import assert from "node:assert/strict";
import { credits, requestOf } from "../charge-sample.js";
import { listed } from "../eventually.js";
import { asStored, changed, changeOf, findOne, insertSample, NOW_MS, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { vandalise } from "../vandalise.js";
import { listAll } from "../walk-list.js";

const KEY = { scopes: ["a"], metadata: { list: [{ deep: 1 }] } };

export function copiesOutKeys({ it, createStore }: Suite): void {
  it("copies out: what a caller does to the keys that find gave him changes nothing in the store", async () => {
    const store = await createStore();
    const key = await insertSample(store, KEY);
    vandalise(await store.find([key.id]));
    assert.deepEqual(await findOne(store, key.id), asStored(key));
  });

  it("copies out: what a caller does to a tombstone that find gave him changes nothing in the store", async () => {
    const store = await createStore();
    const key = await insertSample(store, KEY);
    const tombstone = tombstoneOf(key);
    await store.replace(tombstone, key.version, changeOf(tombstone, "key.deleted"));
    vandalise(await store.find([key.id]));
    assert.deepEqual(await findOne(store, key.id), tombstone);
  });

  it("copies out: what a caller does to the key that a conflict of replace gave him changes nothing in the store", async () => {
    const store = await createStore();
    const key = await insertSample(store, KEY);
    const stale = changed(key);
    vandalise(await store.replace(stale, 99, changeOf(stale, "key.updated")));
    assert.deepEqual(await findOne(store, key.id), asStored(key));
  });

  it("copies out: what a caller does to the keys that list gave him changes nothing in the store", async () => {
    const store = await createStore();
    const key = await insertSample(store, KEY);
    const query = { tenant: key.tenant, order: "newest", limit: 1, nowMs: NOW_MS } as const;
    const check = async () => assert.deepEqual(await listAll(store, query), [asStored(key)]);
    await listed(store, check);
    vandalise(await listAll(store, query));
    await check();
    assert.deepEqual(await findOne(store, key.id), asStored(key));
  });

  it("copies out: what a caller does to the meters that consume gave him changes nothing in the store", async () => {
    const store = await createStore();
    const request = requestOf([credits(9)]);
    vandalise(await store.consume([request], NOW_MS));
    const [second] = await store.consume([request], NOW_MS);
    assert.deepEqual(second?.meters, [{ form: "window", windowAt: 0, used: 2 }]);
  });
}
