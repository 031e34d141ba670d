import assert from "node:assert/strict";
import { observation } from "../event-samples.js";
import { AMPLE, atOnce, changeOf, findOne, freshId, insertSample, sampleKey } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";

export function appendOnce({ it, createStore }: Suite): void {
  it("append takes observations of keys that are there and that are not, repeated, and at once: each is there once", async () => {
    const store = await createStore();
    const { id, tenant } = await insertSample(store);
    const missing = freshId();
    const data = { field: "digest", nested: [{ "": null }] };
    const about = observation({ tenant, keyId: id, data });
    const aboutMissing = observation({ tenant, keyId: missing, reason: "line\nbreak 🔑" });
    const [created] = await eventsOf(store, { tenant, id });
    await store.append([]);
    await store.append([about, aboutMissing]);
    await store.append([about, aboutMissing, about]);
    const others = await atOnce(10, async () => {
      const other = observation({ tenant, keyId: id });
      await store.append([other, about, aboutMissing]);
      return other;
    });
    const expected = [created, about, ...others].map((event) => event?.id).toSorted();
    assert.deepEqual((await eventsOf(store, { tenant, id })).map((event) => event.id).toSorted(), expected);
    assert.deepEqual(await eventsOf(store, { tenant, id: missing }), [aboutMissing]);
  });

  it("an event whose id is there already is left as it is", async () => {
    const store = await createStore();
    const first = observation({ data: { said: "first" } });
    await store.append([first]);
    await store.append([{ ...first, data: { said: "second" } }]);
    assert.deepEqual(await eventsOf(store, { tenant: first.tenant, id: first.keyId }), [first]);
  });

  it("a change whose event's id is taken by another event is a fault, and changes nothing", async () => {
    const store = await createStore();
    const key = sampleKey();
    const event = changeOf(key, "key.created");
    const other = { ...event, type: "corrupt_key", keyId: freshId() } as const;
    await store.append([other]);
    await assert.rejects(store.insert(key, AMPLE, event));
    assert.equal(await findOne(store, key.id), undefined);
    assert.deepEqual(await eventsOf(store, key), []);
    assert.deepEqual(await eventsOf(store, { tenant: key.tenant, id: other.keyId }), [other]);
  });
}
