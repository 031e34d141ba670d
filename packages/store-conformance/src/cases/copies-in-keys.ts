import assert from "node:assert/strict";
import { credits, requestOf } from "../charge-sample.js";
import { AMPLE, asStored, changed, changeOf, findOne, insertSample, NOW_MS, sampleKey } from "../samples.js";
import type { Suite } from "../suite.js";
import { usageNow, usageOf } from "../usage-sample.js";
import { vandalise } from "../vandalise.js";
import { eventsOf } from "../walk-events.js";

const DATA = { list: [{ deep: 1 }] };

export function copiesInKeys({ it, createStore }: Suite): void {
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
}
