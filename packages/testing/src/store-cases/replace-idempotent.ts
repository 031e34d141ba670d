import assert from "node:assert/strict";
import { asStored, atOnce, changed, changeOf, findOne, insertSample, replaceSample } from "./sample.js";
import type { StoreSuite } from "./store-suite.js";

const REPLACED = { outcome: "replaced" };

export function replaceIdempotent({ it, createStore }: StoreSuite): void {
  it("replace repeated with its event's id is `replaced` again, one after the other and at once", async () => {
    const store = await createStore();
    const key = await insertSample(store);
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
  });

  it("replace repeated after someone else changed the key undoes nothing", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const mine = changed(key, { name: "mine" });
    const event = changeOf(mine, "key.updated");
    await store.replace(mine, key.version, event);
    const theirs = changed(mine, { state: "revoked" });
    await replaceSample(store, theirs);
    await store.replace(mine, key.version, event);
    assert.deepEqual(await findOne(store, key.id), asStored(theirs));
  });
}
