import assert from "node:assert/strict";
import { asStored, atOnce, changed, changeOf, findOne, NOW_MS, replaceSample, sampleKey } from "./sample.js";
import type { StoreSuite } from "./store-suite.js";

const ONE = { maxLive: 1, nowMs: NOW_MS };
const TWO = { maxLive: 2, nowMs: NOW_MS };

export function insertIdempotent({ it, createStore }: StoreSuite): void {
  it("insert repeated with its event's id is `inserted` again, although the owner is at his cap", async () => {
    const store = await createStore();
    const key = sampleKey();
    const event = changeOf(key, "key.created");
    assert.deepEqual(await store.insert(key, ONE, event), { outcome: "inserted" });
    assert.deepEqual(await store.insert(key, ONE, event), { outcome: "inserted" });
  });

  it("insert repeated after the key was changed is `inserted`, and undoes nothing", async () => {
    const store = await createStore();
    const key = sampleKey();
    const event = changeOf(key, "key.created");
    await store.insert(key, ONE, event);
    const revoked = changed(key, { state: "revoked" });
    await replaceSample(store, revoked);
    assert.deepEqual(await store.insert(key, ONE, event), { outcome: "inserted" });
    assert.deepEqual(await findOne(store, key.id), asStored(revoked));
  });

  it("repetitions take one place, also when they arrive at once", async () => {
    const store = await createStore();
    const key = sampleKey();
    const event = changeOf(key, "key.created");
    const results = await atOnce(20, () => store.insert(key, TWO, event));
    assert.deepEqual(
      results,
      Array.from({ length: 20 }, () => ({ outcome: "inserted" })),
    );
    const second = sampleKey({ tenant: key.tenant });
    assert.deepEqual(await store.insert(second, TWO, changeOf(second, "key.created")), { outcome: "inserted" });
    const third = sampleKey({ tenant: key.tenant });
    assert.deepEqual(await store.insert(third, TWO, changeOf(third, "key.created")), { outcome: "limit_reached" });
  });
}
