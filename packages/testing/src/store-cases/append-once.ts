import assert from "node:assert/strict";
import type { ObservationEvent } from "@claviger/core";
import { AMPLE, atOnce, changeOf, findOne, freshId, insertSample, NOW_MS, sampleKey } from "./sample.js";
import type { StoreSuite } from "./store-suite.js";

export function appendOnce({ it, createStore }: StoreSuite): void {
  it("append takes observations of keys that are there and that are not, repeated, and at once", async () => {
    const store = await createStore();
    const { id: keyId, tenant } = await insertSample(store);
    const observed = (about: string): ObservationEvent => ({
      id: freshId(),
      type: "corrupt_key",
      tenant,
      keyId: about,
      actor: "system",
      at: NOW_MS,
      data: { field: "digest", nested: [{ "": null }] },
    });
    const events = [observed(keyId), { ...observed(freshId()), reason: "line\nbreak 🔑" }];
    await store.append([]);
    await store.append(events);
    await store.append([...events, observed(keyId), ...events]);
    await atOnce(10, () => store.append([observed(keyId), ...events]));
  });

  it("a change whose event's id is taken by another event is a fault, and changes nothing", async () => {
    const store = await createStore();
    const key = sampleKey();
    const event = changeOf(key, "key.created");
    await store.append([{ ...event, type: "corrupt_key", keyId: freshId() }]);
    await assert.rejects(store.insert(key, AMPLE, event));
    assert.equal(await findOne(store, key.id), undefined);
  });
}
