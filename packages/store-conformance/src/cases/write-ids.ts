import assert from "node:assert/strict";
import { resumption, sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { asStored, changed, changeOf, findOne, freshTenant, insertSample, NOW_MS, sampleKey } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";

const ONE = { maxLive: 1, nowMs: NOW_MS };
const TWO = { maxLive: 2, nowMs: NOW_MS };

export function writeIds({ it, createStore, createSubject }: Suite): void {
  it("a write repeated through another handle is known by its event's id: it succeeds again, and is there once", async () => {
    const { store, openAnother } = await createSubject();
    // Where nobody else can reach the data, the store itself stands for the other one.
    const other = openAnother === undefined ? store : await openAnother();
    const key = sampleKey();
    const created = changeOf(key, "key.created");
    const next = changed(key, { name: "next" });
    const updated = changeOf(next, "key.updated");
    for (const handle of [store, other]) {
      assert.deepEqual(await handle.insert(key, ONE, created), { outcome: "inserted" });
    }
    for (const handle of [other, store]) {
      assert.deepEqual(await handle.replace(next, key.version, updated), { outcome: "replaced" });
    }
    assert.deepEqual(await findOne(store, key.id), asStored(next));
    assert.deepEqual(await eventsOf(store, key), [created, updated]);

    const settings = sampleSettings({ settings: { enabled: false } });
    const settled = settingsEvent(settings);
    const ref = { tenant: freshTenant(), owner: "anna" };
    const [suspended, resumed] = [suspension(ref), resumption(ref)];
    for (const handle of [store, other]) {
      assert.deepEqual(await handle.settings.replace(settings, 0, settled), { outcome: "replaced" });
      assert.deepEqual(await handle.owners.suspend(suspended), { outcome: "changed" });
    }
    for (const handle of [other, store]) {
      assert.deepEqual(await handle.owners.resume(resumed), { outcome: "changed" });
    }
  });

  it("a replace under the id of another key's event fails or is a conflict: it is never `replaced` without effect", async () => {
    const store = await createStore();
    const other = await insertSample(store);
    const key = await insertSample(store, { tenant: other.tenant });
    const [taken] = await eventsOf(store, other);
    const before = await eventsOf(store, key);
    const next = changed(key, { state: "revoked" });
    const event = { ...changeOf(next, "key.revoked"), id: taken?.id ?? "" };
    const outcome = await store.replace(next, key.version, event).then(
      (result) => result.outcome,
      () => "failed",
    );
    assert.ok(outcome === "failed" || outcome === "conflict", outcome);
    assert.deepEqual(await findOne(store, key.id), asStored(key));
    assert.deepEqual(await eventsOf(store, key), before);
    assert.deepEqual(await eventsOf(store, other), [taken]);
  });

  it("a refused write leaves its event's id free: after `limit_reached` or a conflict it writes under the same id", async () => {
    const store = await createStore();
    const first = await insertSample(store);
    const key = sampleKey({ tenant: first.tenant });
    const created = changeOf(key, "key.created");
    assert.deepEqual(await store.insert(key, ONE, created), { outcome: "limit_reached" });
    assert.deepEqual(await store.insert(key, TWO, created), { outcome: "inserted" });
    const next = changed(key, { name: "next" });
    const updated = changeOf(next, "key.updated");
    assert.deepEqual(await store.replace(next, 9, updated), { outcome: "conflict", current: asStored(key) });
    assert.deepEqual(await store.replace(next, key.version, updated), { outcome: "replaced" });
    assert.deepEqual(await findOne(store, key.id), asStored(next));
    assert.deepEqual(await eventsOf(store, key), [created, updated]);
    const settings = sampleSettings({ settings: { enabled: false } });
    const settled = settingsEvent(settings);
    assert.deepEqual(await store.settings.replace(settings, 9, settled), { outcome: "conflict" });
    assert.deepEqual(await store.settings.replace(settings, 0, settled), { outcome: "replaced" });
    assert.deepEqual(await store.settings.get([settings.tenant]), [settings]);
  });
}
