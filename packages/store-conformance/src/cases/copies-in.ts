import assert from "node:assert/strict";
import { deepFreeze, MAX_TIME_MS } from "@claviger/core";
import { credits, requestOf } from "../charge-sample.js";
import { observation, resumption, sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { listed } from "../eventually.js";
import {
  AMPLE,
  asStored,
  changed,
  changeOf,
  findOne,
  freshTenant,
  insertSample,
  NOW_MS,
  sampleKey,
} from "../samples.js";
import type { Suite } from "../suite.js";
import { usageNow, usageOf } from "../usage-sample.js";
import { vandalise } from "../vandalise.js";
import { eventsOf, eventsOfTenant } from "../walk-events.js";

const DATA = { list: [{ deep: 1 }] };

export function copiesIn({ it, createStore }: Suite): void {
  it("copies in: what a caller does to the key and the event that he gave to insert changes nothing in the store", async () => {
    const store = await createStore();
    const key = sampleKey({ scopes: ["a"], metadata: DATA, restrictions: { ip: { allow: ["::1/128"] } } });
    const event = { ...changeOf(key, "key.created"), data: DATA };
    const given = structuredClone({ key, event });
    await store.insert(given.key, AMPLE, given.event);
    vandalise(given);
    assert.deepEqual(await findOne(store, key.id), asStored(key));
    assert.deepEqual(await eventsOf(store, key), [event]);
  });

  it("copies in: what a caller does to the key and the event that he gave to replace changes nothing in the store", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const next = changed(key, { metadata: DATA });
    const event = { ...changeOf(next, "key.updated"), data: DATA };
    const given = structuredClone({ next, event });
    await store.replace(given.next, key.version, given.event);
    vandalise(given);
    assert.deepEqual(await findOne(store, key.id), asStored(next));
    assert.deepEqual((await eventsOf(store, key)).slice(1), [event]);
  });

  it("copies in: what a caller does to the requests that he gave to consume changes nothing in the store", async () => {
    const store = await createStore();
    const request = requestOf([credits(9)]);
    const given = [structuredClone(request)];
    await store.consume(given, NOW_MS);
    vandalise(given);
    const [second] = await store.consume([request], NOW_MS);
    assert.deepEqual(second?.meters, [{ form: "window", windowAt: 0, used: 2 }]);
  });

  it("copies in: what a caller does to the batch that he gave to recordUsage changes nothing in the store", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const given = [structuredClone(usageOf(key))];
    await store.recordUsage(given);
    vandalise(given);
    const { lastUsedAt, counts, sightings } = usageOf(key);
    assert.deepEqual(await usageNow(store, key), { keyId: key.id, lastUsedAt, counts, sightings });
  });

  it("copies in: what a caller does to the events that he gave to append changes nothing in the store", async () => {
    const store = await createStore();
    const event = observation({ data: DATA });
    const given = [structuredClone(event)];
    await store.append(given);
    vandalise(given);
    assert.deepEqual(await eventsOf(store, { tenant: event.tenant, id: event.keyId }), [event]);
  });

  it("copies in: what a caller does to the settings and the event that he gave to settings.replace changes nothing in the store", async () => {
    const store = await createStore();
    const next = sampleSettings({ settings: { allowedScopes: ["a"] } });
    const event = { ...settingsEvent(next), data: DATA };
    const given = structuredClone({ next, event });
    await store.settings.replace(given.next, 0, given.event);
    vandalise(given);
    assert.deepEqual(await store.settings.get([next.tenant]), [next]);
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, next.tenant), [event]));
  });

  it("copies in: what a caller does to the events that he gave to owners.suspend and owners.resume changes nothing in the store", async () => {
    const store = await createStore();
    const ref = { tenant: freshTenant(), owner: "anna" };
    const [suspended, resumed] = [
      { ...suspension(ref), data: DATA },
      { ...resumption(ref, NOW_MS + 1), data: DATA },
    ];
    const given = structuredClone([suspended, resumed] as const);
    await store.owners.suspend(given[0]);
    vandalise(given[0]);
    assert.deepEqual(await store.owners.read([ref]), [{ suspendedAt: NOW_MS }]);
    await store.owners.resume(given[1]);
    vandalise(given[1]);
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, ref.tenant), [suspended, resumed]));
  });

  it("no method changes what it is given: every argument may be frozen", async () => {
    const store = await createStore();
    const key = deepFreeze(sampleKey({ metadata: DATA }));
    const next = deepFreeze(changed(key));
    const { tenant, owner, id } = key;
    const settings = deepFreeze(sampleSettings({ tenant }));
    const page = { order: "newest", limit: 5 } as const;
    await store.insert(key, deepFreeze({ ...AMPLE }), deepFreeze(changeOf(key, "key.created")));
    await store.replace(next, 1, deepFreeze(changeOf(next, "key.updated")));
    await store.find(deepFreeze([id]), tenant);
    await store.list(deepFreeze({ tenant, owner, grants: ["b", "a"], nowMs: NOW_MS, ...page }));
    await store.consume(deepFreeze([requestOf([credits(2, 1, "b"), credits(1, 1, "a")])]), NOW_MS);
    await store.recordUsage(deepFreeze([usageOf(key), usageOf(key)]));
    await store.usage(deepFreeze({ tenant, keyIds: [id], fromAt: 0, beforeAt: MAX_TIME_MS }));
    await store.append(deepFreeze([observation({ tenant, keyId: id })]));
    await store.events(deepFreeze({ tenant, types: ["b", "a"], ...page }));
    await store.settings.replace(settings, 0, deepFreeze(settingsEvent(settings)));
    await store.settings.get(deepFreeze([tenant]));
    await store.owners.suspend(deepFreeze(suspension(key)));
    await store.owners.resume(deepFreeze(resumption(key)));
    assert.deepEqual(await store.owners.read(deepFreeze([{ tenant, owner }])), [{ suspendedAt: null }]);
  });
}
