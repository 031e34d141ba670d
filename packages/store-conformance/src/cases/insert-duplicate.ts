import assert from "node:assert/strict";
import {
  AMPLE,
  asStored,
  changeOf,
  findOne,
  freshTenant,
  insertSample,
  NOW_MS,
  replaceSample,
  sampleKey,
  tombstoneOf,
} from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";

export function insertDuplicate({ it, createStore }: Suite): void {
  it("insert under a taken id is `duplicate`, whoever's it is, and changes nothing", async () => {
    const store = await createStore();
    const taken = await insertSample(store);
    for (const tenant of [taken.tenant, freshTenant()]) {
      const late = sampleKey({ id: taken.id, tenant, name: "late" });
      const before = await eventsOf(store, late);
      assert.deepEqual(await store.insert(late, AMPLE, changeOf(late, "key.created")), { outcome: "duplicate" });
      assert.deepEqual(await eventsOf(store, late), before);
    }
    assert.deepEqual(await findOne(store, taken.id), asStored(taken));
  });

  it("insert under a deleted key's id is `duplicate`: an id is never given out again", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const tombstone = tombstoneOf(key);
    await replaceSample(store, tombstone);
    assert.deepEqual(await store.insert(key, AMPLE, changeOf(key, "key.created")), { outcome: "duplicate" });
    assert.deepEqual(await findOne(store, key.id), tombstone);
  });

  it("a `duplicate` takes neither a place of the owner's nor the event's id", async () => {
    const store = await createStore();
    const taken = await insertSample(store);
    const late = sampleKey({ id: taken.id, tenant: freshTenant() });
    const event = changeOf(late, "key.created");
    const one = { maxLive: 1, nowMs: NOW_MS };
    assert.deepEqual(await store.insert(late, one, event), { outcome: "duplicate" });
    const again = sampleKey({ tenant: late.tenant });
    assert.deepEqual(await store.insert(again, one, { ...event, keyId: again.id }), { outcome: "inserted" });
  });
}
