import assert from "node:assert/strict";
import type { KeyRecord } from "@claviger/core";
import { listed } from "../eventually.js";
import { changed, changeOf, findOne, insertSample, NOW_MS, replaceSample, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";
import { listAll } from "../walk-list.js";

export function replaceWithTombstone({ it, createStore }: Suite): void {
  it("KF-8: a deleted key is its tombstone to find, and gone from lists", async () => {
    const store = await createStore();
    const key = await insertSample(store, { metadata: { secretly: "kept?" } });
    const tombstone = tombstoneOf(key);
    await replaceSample(store, tombstone);
    assert.deepEqual(await findOne(store, key.id), tombstone);
    const query = { tenant: key.tenant, order: "newest", limit: 10, nowMs: NOW_MS } as const;
    await listed(store, async () => assert.deepEqual(await listAll(store, query), []));
  });

  it("a deleted key's events are kept, its deletion the last of them", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    await replaceSample(store, tombstoneOf(key));
    const types = (await eventsOf(store, key)).map(({ type }) => type);
    assert.deepEqual(types, ["key.created", "key.deleted"]);
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

  it("deleting a key erases its meters, and no one else's; any other change keeps them", async () => {
    const store = await createStore();
    const [gone, kept, changing] = [await insertSample(store), await insertSample(store), await insertSample(store)];
    const spendOne = async ({ id: keyId, tenant }: KeyRecord) => {
      const charges = [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 9 }] as const;
      const results = await store.consume([{ tenant, keyId, units: 1, charges }], NOW_MS);
      return results[0]?.meters;
    };
    for (const key of [gone, kept, changing]) await spendOne(key);
    await replaceSample(store, tombstoneOf(gone));
    await replaceSample(store, changed(changing, { state: "revoked" }));
    const used = (amount: number) => [{ form: "window", windowAt: 0, used: amount }];
    assert.deepEqual(await spendOne(gone), used(1));
    assert.deepEqual(await spendOne(kept), used(2));
    assert.deepEqual(await spendOne(changing), used(2));
  });
}
