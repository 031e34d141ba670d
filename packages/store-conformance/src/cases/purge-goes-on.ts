import assert from "node:assert/strict";
import { listed } from "../eventually.js";
import { purgeToEnd } from "../purge-to-end.js";
import { changed, changeOf, findOne, NOW_MS, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { chainOfKey } from "../walk-chains.js";
import { eventsOf, eventsOfTenant } from "../walk-events.js";
import { anchorOf, byTime, noteAt, writeChain } from "../written-chain.js";

export function purgeGoesOn({ it, createStore }: Suite): void {
  for (const limit of [1, 3]) {
    it(`purgeEvents goes on from call to call, about ${limit} at a time, to the end, and counts what it took`, async () => {
      const store = await createStore();
      const one = await writeChain(store, [0, 3, 1, 2]);
      const { tenant } = one.key;
      const other = await writeChain(store, [2, 1, 9, 4], { tenant });
      await noteAt(store, other.key, 3);
      const sum = await purgeToEnd(store, tenant, NOW_MS + 5, limit);
      await listed(store, async () => {
        await purgeToEnd(store, tenant, NOW_MS + 5, limit);
        assert.deepEqual(await eventsOfTenant(store, tenant), other.changes.slice(2).toSorted(byTime));
      });
      if (store.capabilities.lists === "current") assert.equal(sum, 7);
      assert.deepEqual((await chainOfKey(store, one.key))?.anchor, anchorOf(one.changes[3]));
      assert.deepEqual((await chainOfKey(store, other.key))?.anchor, anchorOf(other.changes[1]));
    });
  }

  it("a purged key changes on as before, and a deleted one's chain is purged too: the head stays", async () => {
    const store = await createStore();
    const { key, changes } = await writeChain(store, [0, 1]);
    await listed(store, async () => {
      await purgeToEnd(store, key.tenant, NOW_MS + 2);
      assert.deepEqual(await eventsOfTenant(store, key.tenant), []);
    });
    const next = changed(key);
    const updated = changeOf(next, "key.updated");
    assert.deepEqual(await store.replace(next, key.version, updated), { outcome: "replaced" });
    assert.deepEqual(await eventsOf(store, key), [updated]);
    const chain = { keyId: key.id, version: 3, head: next.head, anchor: anchorOf(changes[1]) };
    assert.deepEqual(await chainOfKey(store, key), chain);
    const tombstone = tombstoneOf(next);
    const deleted = changeOf(tombstone, "key.deleted");
    assert.deepEqual(await store.replace(tombstone, next.version, deleted), { outcome: "replaced" });
    await listed(store, async () => {
      await purgeToEnd(store, key.tenant, tombstone.updatedAt + 1);
      assert.deepEqual(await eventsOfTenant(store, key.tenant), []);
    });
    assert.deepEqual(await eventsOf(store, key), []);
    assert.deepEqual(await findOne(store, key.id), tombstone);
    const anchor = anchorOf(deleted);
    assert.deepEqual(await chainOfKey(store, key), { keyId: key.id, version: 4, head: tombstone.head, anchor });
  });
}
