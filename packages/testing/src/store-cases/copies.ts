import assert from "node:assert/strict";
import {
  AMPLE,
  asStored,
  changed,
  changeOf,
  findOne,
  insertSample,
  NOW_MS,
  replaceSample,
  sampleKey,
} from "./sample.js";
import type { StoreSuite } from "./store-suite.js";

/** Changes whatever of a value lets itself be changed. */
function vandalise(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const name of Object.keys(value)) {
    vandalise(Reflect.get(value, name));
    Reflect.set(value, name, "vandalised");
  }
  Reflect.set(value, "added", "vandalised");
}

export function copies({ it, createStore }: StoreSuite): void {
  it("what a caller does to an object that he gave changes nothing in the store", async () => {
    const store = await createStore();
    const key = sampleKey({
      scopes: ["a"],
      metadata: { list: [{ deep: 1 }] },
      restrictions: { ip: { allow: ["::1/128"] } },
    });
    const [given, kept] = [structuredClone(key), asStored(key)];
    await store.insert(given, AMPLE, changeOf(key, "key.created"));
    vandalise(given);
    assert.deepEqual(await findOne(store, key.id), kept);
    const next = changed(key, { metadata: { list: [{ deep: 2 }] } });
    const givenNext = structuredClone(next);
    await replaceSample(store, givenNext);
    vandalise(givenNext);
    assert.deepEqual(await findOne(store, key.id), asStored(next));
  });

  it("what a caller does to an object that he got changes nothing in the store", async () => {
    const store = await createStore();
    const key = await insertSample(store, { scopes: ["a"], metadata: { list: [{ deep: 1 }] } });
    const query = { tenant: key.tenant, order: "newest", limit: 1, nowMs: NOW_MS } as const;
    const stale = changed(key);
    vandalise(await store.find([key.id]));
    vandalise(await store.list(query));
    vandalise(await store.replace(stale, 99, changeOf(stale, "key.updated")));
    assert.deepEqual(await findOne(store, key.id), asStored(key));
    assert.deepEqual(await store.list(query), { items: [asStored(key)] });
  });

  it("what a caller does to a meter that he got changes nothing in the store", async () => {
    const store = await createStore();
    const { id: keyId, tenant } = await insertSample(store);
    const charges = [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 9 }] as const;
    vandalise(await store.consume([{ tenant, keyId, charges, units: 1 }], NOW_MS));
    const [second] = await store.consume([{ tenant, keyId, charges, units: 1 }], NOW_MS);
    assert.deepEqual(second?.meters, [{ form: "window", windowAt: 0, used: 2 }]);
  });
}
