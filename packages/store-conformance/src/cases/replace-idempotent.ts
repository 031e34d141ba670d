import assert from "node:assert/strict";
import { asStored, atOnce, changed, changeOf, findOne, insertSample, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";

const REPLACED = { outcome: "replaced" };

export function replaceIdempotent({ it, createStore }: Suite): void {
  it("replace repeated with its event's id is `replaced` again, one after the other and at once, and its event is there once", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const [created] = await eventsOf(store, key);
    const next = changed(key, { name: "next" });
    const event = changeOf(next, "key.updated");
    assert.deepEqual(await store.replace(next, key.version, event), REPLACED);
    assert.deepEqual(await store.replace(next, key.version, event), REPLACED);

    const third = changed(next, { name: "third" });
    const thirdEvent = changeOf(third, "key.updated");
    const results = await atOnce(20, () => store.replace(third, next.version, thirdEvent));
    assert.deepEqual(
      results,
      Array.from({ length: 20 }, () => REPLACED),
    );
    assert.deepEqual(await findOne(store, key.id), asStored(third));
    assert.deepEqual(await eventsOf(store, key), [created, event, thirdEvent]);
  });

  it("a deletion repeated with its event's id is `replaced` again, and its event is there once", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const tombstone = tombstoneOf(key);
    const event = changeOf(tombstone, "key.deleted");
    assert.deepEqual(await store.replace(tombstone, key.version, event), REPLACED);
    assert.deepEqual(await store.replace(tombstone, key.version, event), REPLACED);
    assert.deepEqual((await eventsOf(store, key)).slice(1), [event]);
  });

  it("replace repeated after someone else changed the key undoes nothing, and writes no second event", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const mine = changed(key, { name: "mine" });
    const event = changeOf(mine, "key.updated");
    await store.replace(mine, key.version, event);
    const theirs = changed(mine, { state: "revoked" });
    const theirEvent = changeOf(theirs, "key.revoked");
    await store.replace(theirs, mine.version, theirEvent);
    const { outcome } = await store.replace(mine, key.version, event);
    assert.ok(outcome === "replaced" || outcome === "conflict");
    assert.deepEqual(await findOne(store, key.id), asStored(theirs));
    assert.deepEqual((await eventsOf(store, key)).slice(1), [event, theirEvent]);
  });
}
