import assert from "node:assert/strict";
import { MAX_TIME_MS } from "@claviger/core";
import { observation, sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { purgeToEnd } from "../purge-to-end.js";
import { freshTenant, insertSample, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { usageNow, usageOf } from "../usage-sample.js";
import { vandalise } from "../vandalise.js";
import { chainOfKey } from "../walk-chains.js";
import { walkEvents } from "../walk-events.js";
import { among, feedEnd, feedThrough } from "../walk-feed.js";

export function copiesOutRecords({ it, createStore }: Suite): void {
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
    vandalise(await walkEvents(store, query));
    assert.deepEqual(await walkEvents(store, query), [event]);
  });

  it("copies out: what a caller does to the feed and the chains that he got changes nothing in the store", async () => {
    const store = await createStore();
    const end = await feedEnd(store);
    const key = await insertSample(store);
    await purgeToEnd(store, key.tenant, NOW_MS + 1);
    const chain = structuredClone(await chainOfKey(store, key));
    vandalise(await store.chains({ tenant: key.tenant, keyId: key.id, limit: 1 }));
    assert.deepEqual(await chainOfKey(store, key), chain);
    const event = observation({ data: { list: [{ deep: 1 }] } });
    await store.append([event]);
    for (const _ of ["once", "and again"]) {
      const { met } = await feedThrough(store, end, [event.id]);
      assert.deepEqual(among(met, [event]), [event]);
      vandalise(met);
    }
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
