import assert from "node:assert/strict";
import type { OwnerStanding, SettingsResult } from "@claviger/core";
import type { KeyManager } from "claviger";
import fc from "fast-check";
import { resumption, sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { listed } from "../eventually.js";
import { chainedHistoryOf, historyOf } from "../races/history.js";
import { changed, changeOf, freshTenant, insertSample } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf, eventsOfTenant } from "../walk-events.js";
import { outcomeOf, underFaults } from "./faulty-world.js";

const ACTS: { readonly [verb: string]: (keys: KeyManager, id: string) => Promise<unknown> } = {
  update: (keys, id) => keys.update(id, { metadata: { drawn: true } }),
  disable: (keys, id) => keys.disable(id),
  enable: (keys, id) => keys.enable(id),
  rotate: (keys, id) => keys.rotate(id, { overlap: "1h" }),
  finishRotation: (keys, id) => keys.finishRotation(id),
  cancelRotation: (keys, id) => keys.cancelRotation(id),
  revoke: (keys, id) => keys.revoke(id),
  delete: (keys, id) => keys.delete(id),
};

const acts = fc.array(fc.constantFrom(...Object.keys(ACTS)), { minLength: 1, maxLength: 6 });

export function changeWithEvent(suite: Suite): void {
  underFaults(
    suite,
    "promise 8, under faults: after each act, done or not, a key's events are those of its versions",
    acts,
    async ({ sound, faulty, store, settle }, verbs) => {
      const tenant = freshTenant();
      const { key } = await sound.tenant(tenant).create({ owner: "owner", name: "A key" });
      for (const verb of verbs) {
        await outcomeOf(ACTS[verb]?.(faulty.tenant(tenant), key.id) ?? Promise.resolve());
        await chainedHistoryOf(store, key);
      }
      await settle();
      await chainedHistoryOf(store, key);
    },
  );

  underFaults(
    suite,
    "promise 8, under faults: a write that is repeated with its event's id succeeds, once",
    fc.constant(undefined),
    async ({ line, store, settle }) => {
      const key = await insertSample(store);
      const next = changed(key, { name: "another" });
      const event = changeOf(next, "key.updated");
      await line.replace(next, key.version, event).catch(() => undefined);
      assert.deepEqual(await store.replace(next, key.version, event), { outcome: "replaced" });
      await settle();
      assert.equal((await eventsOf(store, key)).filter(({ id }) => id === event.id).length, 1);
      await historyOf(store, key);
    },
  );

  underFaults(
    suite,
    "promise 8, under faults: a tenant's settings and an owner's standing change with their events, or not at all",
    fc.integer({ min: 1, max: 4 }),
    async ({ line, store, settle }, rounds) => {
      const ref = { tenant: freshTenant(), owner: "owner" };
      for (let round = 1; round <= rounds; round += 1) {
        const [current] = await store.settings.get([ref.tenant]);
        const version = (current?.version ?? 0) + 1;
        const next = sampleSettings({ tenant: ref.tenant, version });
        await unlessLost<SettingsResult>(line.settings.replace(next, version - 1, settingsEvent(next)));
        await unlessLost(line.owners.suspend(suspension(ref)));
        if (round % 2 === 0) await unlessLost(line.owners.resume(resumption(ref)));
      }
      await settle();
      const [settings] = await store.settings.get([ref.tenant]);
      const [standing] = await store.owners.read([ref]);
      await listed(store, async () => {
        const events = await eventsOfTenant(store, ref.tenant);
        const count = (type: string) => events.filter((event) => event.type === type).length;
        assert.equal(count("settings.updated"), settings?.version ?? 0);
        assert.equal(count("owner.suspended") - count("owner.resumed"), isSuspended(standing) ? 1 : 0);
      });
    },
  );
}

function isSuspended(standing: OwnerStanding | undefined): boolean {
  return (standing?.suspendedAt ?? null) !== null;
}

async function unlessLost<Result>(write: Promise<Result>): Promise<Result | undefined> {
  return write.catch(() => undefined);
}
