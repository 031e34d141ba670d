import assert from "node:assert/strict";
import type { Store, TenantSettings } from "@claviger/core";
import { sampleSettings, settingsEvent } from "../event-samples.js";
import { listed } from "../eventually.js";
import { eventsOfTenant } from "../walk-events.js";
import { atOnce, byTurns, outcomes } from "./act-at-once.js";
import { AT_ONCE, type Race } from "./race.js";

const GENERATIONS = 3;

export const settingsAgainstSettings: Race = {
  title: "settings replace against settings replace: one wins at each version, with its event, and the others conflict",
  async run(course) {
    const { tenant } = sampleSettings();
    const winners: string[] = [];
    for (let version = 1; version <= GENERATIONS; version += 1) {
      const replace = (writer: number) => {
        const next = sampleSettings({ tenant, version, settings: { maxKeysPerOwner: writer } });
        return { verb: "replaceSettings", next, expectedVersion: version - 1, event: settingsEvent(next) } as const;
      };
      const done = await atOnce(course, byTurns(replace));
      assert.deepEqual(outcomes(done, "replaceSettings"), { replaced: 1, conflict: AT_ONCE - 1 });
      const winner = done.find(({ answer }) => answer.outcome === "replaced");
      assert.deepEqual(await settingsOf(course.store, tenant), winner?.act.next);
      winners.push(winner?.act.event.id ?? "");
    }
    await listed(course.store, async () => {
      const events = await eventsOfTenant(course.store, tenant);
      assert.deepEqual(events.map(({ id }) => id).sort(), winners.sort());
    });
  },
};

async function settingsOf(store: Store, tenant: string): Promise<TenantSettings | undefined> {
  const [settings] = await store.settings.get([tenant]);
  return settings;
}
