import assert from "node:assert/strict";
import type { TenantSettings } from "@claviger/core";
import { sampleSettings, settingsEvent } from "../event-samples.js";
import { listed } from "../eventually.js";
import { atOnce, countOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOfTenant } from "../walk-events.js";

const REPLACED = { outcome: "replaced" };

function changedTo(before: TenantSettings, settings: TenantSettings["settings"]): TenantSettings {
  return { ...before, version: before.version + 1, updatedAt: before.updatedAt + 1, settings };
}

export function settingsSwap({ it, createStore }: Suite): void {
  it("settings.replace at the expected version puts the next settings in place, whole, with their event", async () => {
    const store = await createStore();
    const first = sampleSettings({ settings: { enabled: false, maxKeysPerOwner: 3 } });
    const next = changedTo(first, { maxLifetimeMs: null });
    const events = [settingsEvent(first), settingsEvent(next)] as const;
    assert.deepEqual(await store.settings.replace(first, 0, events[0]), REPLACED);
    assert.deepEqual(await store.settings.get([first.tenant]), [first]);
    assert.deepEqual(await store.settings.replace(next, 1, events[1]), REPLACED);
    assert.deepEqual(await store.settings.get([first.tenant]), [next]);
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, first.tenant), events));
  });

  it("settings.replace at another version is a `conflict` that carries the current settings, and writes nothing, no event either", async () => {
    const store = await createStore();
    const none = sampleSettings();
    assert.deepEqual(await store.settings.replace(none, 1, settingsEvent(none)), { outcome: "conflict" });
    assert.deepEqual(await store.settings.get([none.tenant]), [undefined]);

    const current = sampleSettings({ settings: { enabled: true } });
    const event = settingsEvent(current);
    await store.settings.replace(current, 0, event);
    for (const expected of [0, 2]) {
      const late = changedTo(current, { enabled: false });
      const result = await store.settings.replace(late, expected, settingsEvent(late));
      assert.deepEqual(result, { outcome: "conflict", current });
    }
    assert.deepEqual(await store.settings.get([current.tenant]), [current]);
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, current.tenant), [event]));
    assert.deepEqual(await eventsOfTenant(store, none.tenant), []);
  });

  it("of twenty who replace settings at one version one wins, and the others are told what he wrote", async () => {
    const store = await createStore();
    const first = sampleSettings();
    await store.settings.replace(first, 0, settingsEvent(first));
    for (const before of [undefined, first]) {
      const base = before ?? sampleSettings({ version: 0 });
      const results = await atOnce(20, (writer) => {
        const next = changedTo(base, { maxKeysPerOwner: writer });
        return store.settings.replace(next, base.version, settingsEvent(next));
      });
      const winner = results.findIndex(({ outcome }) => outcome === "replaced");
      assert.equal(countOf(results, "replaced"), 1);
      for (const result of results) {
        if (result.outcome === "conflict") assert.equal(result.current?.settings.maxKeysPerOwner, winner);
      }
      await listed(store, async () => assert.equal((await eventsOfTenant(store, base.tenant)).length, before ? 2 : 1));
    }
  });
}
