import assert from "node:assert/strict";
import type { KeyEntry, KeyRecord } from "@claviger/core";
import { asStored, atOnce, changed, changeOf, findOne, NOW_MS, sampleKey, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";

const ONE = { maxLive: 1, nowMs: NOW_MS };
const TWO = { maxLive: 2, nowMs: NOW_MS };
const INSERTED = { outcome: "inserted" };

export function insertIdempotent({ it, createStore }: Suite): void {
  it("insert repeated with its event's id is `inserted` again, although the owner is at his cap, and its event is there once", async () => {
    const store = await createStore();
    const key = sampleKey();
    const event = changeOf(key, "key.created");
    assert.deepEqual(await store.insert(key, ONE, event), INSERTED);
    assert.deepEqual(await store.insert(key, ONE, event), INSERTED);
    assert.deepEqual(await eventsOf(store, key), [event]);
  });

  const endings: readonly [string, (key: KeyRecord) => KeyEntry][] = [
    ["revoked", (key) => changed(key, { state: "revoked" })],
    ["deleted", tombstoneOf],
  ];
  for (const [verb, end] of endings) {
    it(`insert repeated after the key was ${verb} is \`inserted\`, and undoes nothing`, async () => {
      const store = await createStore();
      const key = sampleKey();
      const event = changeOf(key, "key.created");
      await store.insert(key, ONE, event);
      const ended = end(key);
      const ending = changeOf(ended, ended.state === "destroyed" ? "key.deleted" : "key.revoked");
      await store.replace(ended, key.version, ending);
      assert.deepEqual(await store.insert(key, ONE, event), INSERTED);
      assert.deepEqual(await findOne(store, key.id), asStored(ended));
      assert.deepEqual(await eventsOf(store, key), [event, ending]);
    });
  }

  it("repetitions take one place and write one event, also when they arrive at once", async () => {
    const store = await createStore();
    const key = sampleKey();
    const event = changeOf(key, "key.created");
    const results = await atOnce(20, () => store.insert(key, TWO, event));
    assert.deepEqual(
      results,
      Array.from({ length: 20 }, () => INSERTED),
    );
    assert.deepEqual(await eventsOf(store, key), [event]);
    const second = sampleKey({ tenant: key.tenant });
    assert.deepEqual(await store.insert(second, TWO, changeOf(second, "key.created")), INSERTED);
    const third = sampleKey({ tenant: key.tenant });
    assert.deepEqual(await store.insert(third, TWO, changeOf(third, "key.created")), { outcome: "limit_reached" });
  });
}
