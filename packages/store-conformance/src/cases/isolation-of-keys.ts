import assert from "node:assert/strict";
import type { Store } from "@claviger/core";
import { listed } from "../eventually.js";
import {
  asStored,
  changed,
  changeOf,
  findOne,
  freshTenant,
  insertSample,
  NOW_MS,
  sampleKey,
  tombstoneOf,
} from "../samples.js";
import { similarTenants } from "../similar-tenants.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";
import { listAll, walkList } from "../walk-list.js";

function idsListed(store: Store, tenant: string): Promise<string[]> {
  return walkList(store, { tenant, order: "oldest", limit: 100, nowMs: NOW_MS });
}

export function isolationOfKeys({ it, createStore }: Suite): void {
  it("tenant isolation, find: with a tenant it sees no key of another; without one it sees every tenant's", async () => {
    const store = await createStore();
    const [mine, other] = [await insertSample(store), await insertSample(store)];
    const ids = [mine.id, other.id];
    assert.deepEqual(await store.find(ids, mine.tenant), [asStored(mine), undefined]);
    for (const tenant of [freshTenant(), ...similarTenants(mine.tenant)]) {
      assert.deepEqual(await store.find(ids, tenant), [undefined, undefined]);
    }
    assert.deepEqual(await store.find(ids), [asStored(mine), asStored(other)]);
  });

  it("tenant isolation, insert: each owner of each tenant has a cap of his own, and an id is taken for all", async () => {
    const store = await createStore();
    const one = { maxLive: 1, nowMs: NOW_MS };
    const first = sampleKey({ owner: "anna" });
    const insert = (key: typeof first) => store.insert(key, one, changeOf(key, "key.created"));
    assert.deepEqual(await insert(first), { outcome: "inserted" });
    const { tenant, owner } = first;
    for (const other of [freshTenant(), ...similarTenants(tenant)].filter(
      (name) => name.trim() !== "" && name !== "%",
    )) {
      assert.deepEqual(await insert(sampleKey({ tenant: other, owner })), { outcome: "inserted" });
    }
    assert.deepEqual(await insert(sampleKey({ tenant, owner: "bert" })), { outcome: "inserted" });
    assert.deepEqual(await insert(sampleKey({ tenant: `${tenant}#a`, owner: "b" })), { outcome: "inserted" });
    assert.deepEqual(await insert(sampleKey({ tenant, owner: "a#b" })), { outcome: "inserted" });
    assert.deepEqual(await insert(sampleKey({ tenant, owner })), { outcome: "limit_reached" });
    assert.deepEqual(await insert(sampleKey({ id: first.id, tenant: freshTenant() })), { outcome: "duplicate" });
  });

  it("tenant isolation, replace: another tenant's key is `missing`, and stays as it is", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    for (const tenant of [freshTenant(), ...similarTenants(key.tenant)]) {
      const foreign = { ...key, tenant };
      for (const next of [changed(foreign, { state: "revoked" }), tombstoneOf(foreign)]) {
        const result = await store.replace(next, key.version, changeOf(next, "key.updated"));
        assert.deepEqual(result, { outcome: "missing" });
      }
      assert.deepEqual(await eventsOf(store, foreign), []);
    }
    assert.deepEqual(await findOne(store, key.id), asStored(key));
  });

  it("tenant isolation, list: a page holds the tenant's keys and no other's, whatever the filter", async () => {
    const store = await createStore();
    const given = { owner: "anna", name: "same", scopes: ["a:read"] };
    const [mine, other] = [await insertSample(store, given), await insertSample(store, given)];
    await listed(store, async () => assert.deepEqual(await idsListed(store, mine.tenant), [mine.id]));
    await listed(store, async () => assert.deepEqual(await idsListed(store, other.tenant), [other.id]));
    for (const filter of [
      { owner: "anna" },
      { search: "same" },
      { grants: ["a:read"] },
      { status: "active" },
    ] as const) {
      const query = { tenant: mine.tenant, order: "newest", limit: 10, nowMs: NOW_MS, ...filter } as const;
      assert.deepEqual(await listAll(store, query), [asStored(mine)]);
    }
    for (const tenant of similarTenants(mine.tenant)) assert.deepEqual(await idsListed(store, tenant), []);
  });
}
