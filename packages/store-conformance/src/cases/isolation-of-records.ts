import assert from "node:assert/strict";
import { observation, resumption, sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { listed } from "../eventually.js";
import { freshId, freshTenant, insertSample, NOW_MS } from "../samples.js";
import { similarTenants } from "../similar-tenants.js";
import type { Suite } from "../suite.js";
import { eventsOf, eventsOfTenant, walkEvents } from "../walk-events.js";

export function isolationOfRecords({ it, createStore }: Suite): void {
  it("tenant isolation, append: what is noticed under one tenant is in no other's log, about the same key id either", async () => {
    const store = await createStore();
    const keyId = freshId();
    const [mine, theirs] = [observation({ keyId }), observation({ keyId })];
    await store.append([mine, theirs]);
    assert.deepEqual(await eventsOf(store, { tenant: mine.tenant, id: keyId }), [mine]);
    assert.deepEqual(await eventsOf(store, { tenant: theirs.tenant, id: keyId }), [theirs]);
  });

  it("tenant isolation, events: a tenant sees its own log and no other's, whatever the filter", async () => {
    const store = await createStore();
    const [mine, theirs] = [await insertSample(store), await insertSample(store)];
    await listed(store, async () => assert.equal((await eventsOfTenant(store, mine.tenant)).length, 1));
    await listed(store, async () => assert.equal((await eventsOfTenant(store, theirs.tenant)).length, 1));
    const [event] = await eventsOf(store, mine);
    for (const filter of [{}, { actor: "system" }, { types: ["key.created"] }, { fromAt: 0 }, { keyId: mine.id }]) {
      const query = { tenant: mine.tenant, order: "newest", limit: 10, ...filter } as const;
      assert.deepEqual(await walkEvents(store, query), [event]);
    }
    for (const tenant of [theirs.tenant, ...similarTenants(mine.tenant)]) {
      assert.deepEqual(await eventsOf(store, { tenant, id: mine.id }), []);
    }
    for (const tenant of similarTenants(mine.tenant)) assert.deepEqual(await eventsOfTenant(store, tenant), []);
  });

  it("tenant isolation, settings.get: no tenant has another's settings", async () => {
    const store = await createStore();
    const settings = sampleSettings({ settings: { enabled: false } });
    await store.settings.replace(settings, 0, settingsEvent(settings));
    const others = [freshTenant(), ...similarTenants(settings.tenant)];
    assert.deepEqual(
      await store.settings.get(others),
      others.map(() => undefined),
    );
  });

  it("tenant isolation, settings.replace: each tenant has versions of its own, and changes nothing of another's", async () => {
    const store = await createStore();
    const settings = sampleSettings({ settings: { enabled: false } });
    await store.settings.replace(settings, 0, settingsEvent(settings));
    const other = sampleSettings({ settings: { enabled: true } });
    assert.deepEqual(await store.settings.replace(other, 1, settingsEvent(other)), { outcome: "conflict" });
    assert.deepEqual(await store.settings.replace(other, 0, settingsEvent(other)), { outcome: "replaced" });
    assert.deepEqual(await store.settings.get([settings.tenant, other.tenant]), [settings, other]);
  });

  it("tenant isolation, owners.read: an owner who is suspended in one tenant is not in another", async () => {
    const store = await createStore();
    const ref = { tenant: freshTenant(), owner: "anna" };
    await store.owners.suspend(suspension(ref, NOW_MS));
    const others = [freshTenant(), ...similarTenants(ref.tenant)].map((tenant) => ({ tenant, owner: "anna" }));
    assert.deepEqual(
      await store.owners.read(others),
      others.map(() => ({ suspendedAt: null })),
    );
  });

  it("tenant isolation, owners.suspend: owners of one name in two tenants are suspended each by himself", async () => {
    const store = await createStore();
    const refs = [
      { tenant: freshTenant(), owner: "anna" },
      { tenant: freshTenant(), owner: "anna" },
    ] as const;
    assert.deepEqual(await store.owners.suspend(suspension(refs[0], NOW_MS)), { outcome: "changed" });
    assert.deepEqual(await store.owners.suspend(suspension(refs[1], NOW_MS + 1)), { outcome: "changed" });
    assert.deepEqual(await store.owners.read(refs), [{ suspendedAt: NOW_MS }, { suspendedAt: NOW_MS + 1 }]);
  });

  it("tenant isolation, owners.resume: who is resumed in one tenant stays suspended in another", async () => {
    const store = await createStore();
    const refs = [
      { tenant: freshTenant(), owner: "anna" },
      { tenant: freshTenant(), owner: "anna" },
    ] as const;
    for (const ref of refs) await store.owners.suspend(suspension(ref, NOW_MS));
    assert.deepEqual(await store.owners.resume(resumption(refs[0])), { outcome: "changed" });
    assert.deepEqual(await store.owners.read(refs), [{ suspendedAt: null }, { suspendedAt: NOW_MS }]);
  });
}
