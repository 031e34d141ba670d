import assert from "node:assert/strict";
import { sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { listed } from "../eventually.js";
import { purgeToEnd } from "../purge-to-end.js";
import { asStored, findOne, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { chainOfKey } from "../walk-chains.js";
import { eventsOf, eventsOfTenant } from "../walk-events.js";
import { anchorOf, byTime, noteAt, writeChain } from "../written-chain.js";

export function purgeEvents({ it, createStore }: Suite): void {
  it("promise 8: purgeEvents takes a chain's events from its beginning up to the first that is not before the time, never from its middle, and anchors it", async () => {
    const store = await createStore();
    const { key, changes } = await writeChain(store, [0, 10, 50, 20, 60]);
    const [early, late] = [await noteAt(store, key, 19), await noteAt(store, key, 30)];
    const chain = { keyId: key.id, version: 5, head: key.head };
    assert.deepEqual(await chainOfKey(store, key), { ...chain, anchor: null });
    for (const _ of ["once", "and again"]) {
      await listed(store, async () => {
        await purgeToEnd(store, key.tenant, NOW_MS + 30);
        const left = [...changes.slice(2), late].sort(byTime);
        assert.deepEqual(await eventsOf(store, key), left);
        assert.deepEqual(await eventsOfTenant(store, key.tenant), left);
      });
      assert.deepEqual(await chainOfKey(store, key), { ...chain, anchor: anchorOf(changes[1]) });
    }
    assert.ok(early.at < NOW_MS + 30);
    await purgeToEnd(store, key.tenant, NOW_MS + 5);
    assert.deepEqual(await chainOfKey(store, key), { ...chain, anchor: anchorOf(changes[1]) }, "it moves only forward");
    await listed(store, async () => {
      await purgeToEnd(store, key.tenant, NOW_MS + 61);
      assert.deepEqual(await eventsOfTenant(store, key.tenant), []);
    });
    assert.deepEqual(await chainOfKey(store, key), { ...chain, anchor: anchorOf(changes[4]) });
    assert.deepEqual(await findOne(store, key.id), asStored(key), "the key is none of its business");
  });

  it("purgeEvents takes what is before the time, and nothing of that very millisecond or after, of keys, settings and owners alike", async () => {
    const store = await createStore();
    const { key, changes } = await writeChain(store, [9, 10, 11]);
    const { tenant } = key;
    const notes = [await noteAt(store, key, 9), await noteAt(store, key, 10)];
    const first = sampleSettings({ tenant, updatedAt: NOW_MS + 9 });
    const second = { ...first, version: 2, updatedAt: NOW_MS + 10 };
    const [set, reset] = [settingsEvent(first), settingsEvent(second)];
    await store.settings.replace(first, 0, set);
    await store.settings.replace(second, 1, reset);
    const gone = suspension({ tenant, owner: "anna" }, NOW_MS + 9);
    const kept = suspension({ tenant, owner: "bert" }, NOW_MS + 10);
    for (const event of [gone, kept]) await store.owners.suspend(event);
    const left = [...changes.slice(1), ...notes.slice(1), reset, kept].sort(byTime);
    await listed(store, async () => {
      await purgeToEnd(store, tenant, NOW_MS + 10);
      assert.deepEqual(await eventsOfTenant(store, tenant), left);
    });
    assert.deepEqual(await store.settings.get([tenant]), [second]);
    const owners = ["anna", "bert"].map((owner) => ({ tenant, owner }));
    assert.deepEqual(await store.owners.read(owners), [{ suspendedAt: NOW_MS + 9 }, { suspendedAt: NOW_MS + 10 }]);
    assert.deepEqual(
      await store.owners.suspend(gone),
      { outcome: "changed" },
      "a repeated write is known all the same",
    );
  });
}
