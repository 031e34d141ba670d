import assert from "node:assert/strict";
import type { KeyChain, KeyRecord, Store, Tombstone } from "@claviger/core";
import { listed } from "../eventually.js";
import { changed, freshId, freshTenant, insertSample, replaceSample, tombstoneOf } from "../samples.js";
import { similarTenants } from "../similar-tenants.js";
import type { Suite } from "../suite.js";
import { chainOfKey, walkChains } from "../walk-chains.js";

function chainOf({ id, version, head }: KeyRecord | Tombstone): KeyChain {
  return { keyId: id, version, head, anchor: null };
}

const byKey = (a: KeyChain, b: KeyChain): number => (a.keyId < b.keyId ? -1 : 1);

/** Five keys of a tenant: as created, changed twice, revoked, deleted, and without a chain. */
async function writeFive(store: Store, tenant: string): Promise<readonly (KeyRecord | Tombstone)[]> {
  const [created, first, active, gone, old] = [
    await insertSample(store, { tenant }),
    await insertSample(store, { tenant }),
    await insertSample(store, { tenant }),
    await insertSample(store, { tenant }),
    await insertSample(store, { tenant, head: null }),
  ];
  const second = changed(first);
  const [third, revoked, deleted] = [changed(second), changed(active, { state: "revoked" }), tombstoneOf(gone)];
  for (const next of [second, third, revoked, deleted]) await replaceSample(store, next);
  return [created, third, revoked, deleted, old];
}

export function chains({ it, createStore }: Suite): void {
  it("chains tell of every key of a tenant, deleted ones too, its version and head, in pages of any size", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const expected = (await writeFive(store, tenant)).map(chainOf).sort(byKey);
    for (const limit of [1, 2, 5, 100]) {
      await listed(store, async () => {
        assert.deepEqual((await walkChains(store, { tenant, limit })).toSorted(byKey), expected);
      });
    }
  });

  it("the chain of one key is as the key is now, after each change, and of a key that there is not there is none", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const next = changed(key);
    for (const entry of [key, next, tombstoneOf(next)]) {
      if (entry !== key) await replaceSample(store, entry);
      assert.deepEqual(await chainOfKey(store, key), chainOf(entry));
    }
    assert.equal(await chainOfKey(store, { tenant: key.tenant, id: freshId() }), undefined);
  });

  it("tenant isolation, chains: a tenant has the chains of its own keys and of no other's", async () => {
    const store = await createStore();
    const [mine, theirs] = [await insertSample(store), await insertSample(store)];
    for (const key of [mine, theirs]) {
      await listed(store, async () => {
        assert.deepEqual(await walkChains(store, { tenant: key.tenant, limit: 10 }), [chainOf(key)]);
      });
    }
    for (const tenant of [theirs.tenant, ...similarTenants(mine.tenant)]) {
      assert.equal(await chainOfKey(store, { tenant, id: mine.id }), undefined);
    }
    for (const tenant of similarTenants(mine.tenant)) {
      assert.deepEqual(await walkChains(store, { tenant, limit: 10 }), []);
    }
  });
}
