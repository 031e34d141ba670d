import assert from "node:assert/strict";
import { MAX_TIME_MS } from "@claviger/core";
import { credits, requestOf } from "../charge-sample.js";
import { observation, sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { listed } from "../eventually.js";
import { asStored, changed, changeOf, findOne, freshTenant, insertSample, NOW_MS, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { usageNow, usageOf } from "../usage-sample.js";
import { vandalise } from "../vandalise.js";

const KEY = { scopes: ["a"], metadata: { list: [{ deep: 1 }] } };

export function copiesOut({ it, createStore }: Suite): void {
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
    const check = async () => assert.deepEqual(await store.list(query), { items: [asStored(key)] });
    await listed(store, check);
    vandalise(await store.list(query));
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

  it("copies out: what a caller does to the usage that he got changes nothing in the store", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    await store.recordUsage([usageOf(key)]);
    const before = structuredClone(await usageNow(store, key));
    vandalise(await store.usage({ tenant: key.tenant, keyIds: [key.id], fromAt: 0, beforeAt: MAX_TIME_MS }));
    assert.deepEqual(await usageNow(store, key), before);
  });

  it("copies out: what a caller does to the events that he got changes nothing in the store", async () => {
    const store = await createStore();
    const event = observation({ data: { list: [{ deep: 1 }] } });
    await store.append([event]);
    const query = { tenant: event.tenant, keyId: event.keyId, order: "newest", limit: 1 } as const;
    vandalise(await store.events(query));
    assert.deepEqual(await store.events(query), { items: [event] });
  });

  it("copies out: what a caller does to the settings that settings.get, or a conflict, gave him changes nothing in the store", async () => {
    const store = await createStore();
    const settings = sampleSettings({ settings: { allowedScopes: ["a"] } });
    await store.settings.replace(settings, 0, settingsEvent(settings));
    vandalise(await store.settings.get([settings.tenant]));
    assert.deepEqual(await store.settings.get([settings.tenant]), [settings]);
    vandalise(await store.settings.replace(settings, 7, settingsEvent(settings)));
    assert.deepEqual(await store.settings.get([settings.tenant]), [settings]);
  });

  it("copies out: what a caller does to what owners.read gave him changes nothing in the store", async () => {
    const store = await createStore();
    const ref = { tenant: freshTenant(), owner: "anna" };
    await store.owners.suspend(suspension(ref, NOW_MS));
    vandalise(await store.owners.read([ref]));
    assert.deepEqual(await store.owners.read([ref]), [{ suspendedAt: NOW_MS }]);
  });
}
