import assert from "node:assert/strict";
import { sampleSettings, settingsEvent } from "../event-samples.js";
import { listed } from "../eventually.js";
import { atOnce } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOfTenant } from "../walk-events.js";

const REPLACED = { outcome: "replaced" };

export function settingsIdempotent({ it, createStore }: Suite): void {
  it("settings.replace repeated with its event's id is `replaced` again, one after the other and at once, and its event is there once", async () => {
    const store = await createStore();
    const first = sampleSettings({ settings: { enabled: true } });
    const event = settingsEvent(first);
    assert.deepEqual(await store.settings.replace(first, 0, event), REPLACED);
    assert.deepEqual(await store.settings.replace(first, 0, event), REPLACED);
    const next = { ...first, version: 2, settings: { enabled: false }, updatedAt: first.updatedAt + 1 };
    const nextEvent = settingsEvent(next);
    assert.deepEqual(
      await atOnce(20, () => store.settings.replace(next, 1, nextEvent)),
      Array.from({ length: 20 }, () => REPLACED),
    );
    assert.deepEqual(await store.settings.get([first.tenant]), [next]);
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, first.tenant), [event, nextEvent]));
  });

  it("settings.replace repeated after someone else changed them undoes nothing, and writes no second event", async () => {
    const store = await createStore();
    const mine = sampleSettings({ settings: { enabled: true } });
    const theirs = { ...mine, version: 2, settings: { enabled: false }, updatedAt: mine.updatedAt + 1 };
    const events = [settingsEvent(mine), settingsEvent(theirs)] as const;
    await store.settings.replace(mine, 0, events[0]);
    await store.settings.replace(theirs, 1, events[1]);
    const { outcome } = await store.settings.replace(mine, 0, events[0]);
    assert.ok(outcome === "replaced" || outcome === "conflict");
    assert.deepEqual(await store.settings.get([mine.tenant]), [theirs]);
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, mine.tenant), events));
  });
}
