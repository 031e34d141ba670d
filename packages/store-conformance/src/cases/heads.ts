import assert from "node:assert/strict";
import { asStored, changed, changeOf, findOne, insertSample, replaceSample, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";

export function heads({ it, createStore }: Suite): void {
  it("promise 8: the head of a key's chain changes with every change, stays on its tombstone, and is null where nothing was chained", async () => {
    const store = await createStore();
    const key = await insertSample(store, { head: null });
    assert.deepEqual(await findOne(store, key.id), asStored(key));
    const next = changed(key);
    await replaceSample(store, next);
    assert.deepEqual(await findOne(store, key.id), asStored(next));
    const tombstone = tombstoneOf(next);
    await replaceSample(store, tombstone);
    assert.deepEqual(await findOne(store, key.id), tombstone);
    const old = await insertSample(store, { head: null });
    const deleted = { ...tombstoneOf(old), head: null };
    await replaceSample(store, deleted);
    assert.deepEqual(await findOne(store, old.id), deleted);
  });

  it("promise 8: the place of every change in its key's chain comes back with its event, also when the next one was written", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const [created] = await eventsOf(store, key);
    assert.equal(created?.chain?.hash, key.head);
    const next = changed(key);
    const tombstone = tombstoneOf(next);
    const [updated, deleted] = [changeOf(next, "key.updated"), changeOf(tombstone, "key.deleted")];
    await store.replace(next, key.version, updated);
    assert.deepEqual(await eventsOf(store, key), [created, updated]);
    await store.replace(tombstone, next.version, deleted);
    assert.deepEqual(await eventsOf(store, key), [created, updated, deleted]);
  });

  it("a tombstone is replaced as a key is: at its version, by its next one, with the event", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const tombstone = tombstoneOf(key);
    await replaceSample(store, tombstone);
    const next = { ...tombstone, updatedAt: tombstone.updatedAt + 1, version: 3, head: "f".repeat(64) };
    const event = changeOf(next, "key.event_erased");
    const early = await store.replace(next, key.version, event);
    assert.deepEqual(early, { outcome: "conflict", current: tombstone });
    for (const _ of ["once", "and again, after a lost reply"]) {
      assert.deepEqual(await store.replace(next, tombstone.version, event), { outcome: "replaced" });
    }
    assert.deepEqual(await findOne(store, key.id), next);
    assert.deepEqual((await eventsOf(store, key)).at(-1), event);
  });
}
