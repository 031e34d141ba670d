import type { SettingsStore, Store, TenantSettings } from "@claviger/core";
import { type BrokenStore, memoryBut, roundTrip } from "./broken-store.js";

function settingsBut(
  fault: string,
  change: (settings: SettingsStore) => Partial<SettingsStore>,
  caughtBy: readonly string[],
): BrokenStore {
  const create = memoryBut(({ settings }: Store) => ({ settings: { ...settings, ...change(settings) } }));
  return { fault, create, caughtBy };
}

const SWAP = "settings.replace at the expected version puts the next settings in place, whole, with their event";
const CONFLICT =
  "settings.replace at another version is a `conflict` that carries the current settings, and writes nothing, no event either";
const KNOWN = ["enabled", "maxKeysPerOwner", "maxLifetimeMs", "defaultLifetimeMs", "allowedScopes"];

const versionOf = async (settings: SettingsStore, tenant: string): Promise<number> =>
  (await settings.get([tenant]))[0]?.version ?? 0;

export const settingsWrong: readonly BrokenStore[] = [
  settingsBut(
    "lets the last who writes settings win",
    (settings) => ({
      replace: async (next, _, event) => settings.replace(next, await versionOf(settings, next.tenant), event),
    }),
    [CONFLICT],
  ),
  settingsBut(
    "compares the version of settings, and then writes them",
    (settings) => ({
      replace: async (next, expectedVersion, event) => {
        const version = await versionOf(settings, next.tenant);
        await roundTrip();
        if (version !== expectedVersion) return settings.replace(next, expectedVersion, event);
        return settings.replace(next, await versionOf(settings, next.tenant), event);
      },
    }),
    ["of twenty who replace settings at one version one wins, and the others are told what he wrote"],
  ),
  settingsBut(
    "says that it replaced settings although the version was another",
    (settings) => ({
      replace: async (...args) => {
        const result = await settings.replace(...args);
        return result.outcome === "conflict" ? { outcome: "replaced" } : result;
      },
    }),
    [CONFLICT],
  ),
  settingsBut(
    "does not tell who meets a conflict what the settings are",
    (settings) => ({
      replace: async (...args) => ({ outcome: (await settings.replace(...args)).outcome }),
    }),
    [CONFLICT],
  ),
  settingsBut(
    "merges new settings into the old, so that what was taken out stays",
    (settings) => ({
      replace: async (next, expectedVersion, event) => {
        const [before] = await settings.get([next.tenant]);
        const merged = { ...next, settings: { ...before?.settings, ...next.settings } };
        return settings.replace(merged, expectedVersion, event);
      },
    }),
    [SWAP],
  ),
  settingsBut(
    "keeps of settings what it knows",
    (settings) => ({
      get: async (tenants) =>
        (await settings.get(tenants)).map((found): TenantSettings | undefined => {
          if (found === undefined) return undefined;
          const known = Object.entries(found.settings).filter(([name]) => KNOWN.includes(name));
          return { ...found, settings: Object.fromEntries(known) };
        }),
    }),
    ["settings come back deep-equal, members that this version does not know included"],
  ),
  settingsBut(
    "leaves out tenants that have no settings",
    (settings) => ({
      get: async (tenants) => (await settings.get(tenants)).filter((found) => found !== undefined),
    }),
    [
      "settings.get answers every tenant in the order asked, repetitions too, with undefined where it has none of its own",
    ],
  ),
];
