import {
  ClavigerError,
  isTenantEnabled,
  MAX_SWAP_ATTEMPTS,
  parseSettingsOptions,
  parseSettingsPatch,
  sharedLimits,
  type TenantSettings,
  updateSettings,
} from "@claviger/core";
import { eventId, eventOf } from "../events/event-of.js";
import { recordRefusal } from "../events/record-refusal.js";
import { checkSharedMeters } from "../limits/require-shared-meters.js";
import type { Shell } from "../shell.js";
import type { OwnTenantSettings, SettingsManager } from "./settings-manager.js";

/** The settings of one tenant. What is changed here this process's own gates forget, whatever came of it. */
export function createSettingsManager(shell: Shell, tenant: string): SettingsManager {
  const { store, settings: policy } = shell;

  async function read(): Promise<TenantSettings | undefined> {
    const [own] = await store.settings.get([tenant]);
    return own;
  }

  function shown(own: TenantSettings | undefined): OwnTenantSettings {
    return {
      enabled: isTenantEnabled(own, policy),
      ...sharedLimits(own, policy),
      version: own?.version ?? 0,
      updatedAt: own?.updatedAt ?? null,
    };
  }

  async function swap(
    patch: ReturnType<typeof parseSettingsPatch>,
    { ifVersion, ...terms }: ReturnType<typeof parseSettingsOptions>,
  ): Promise<TenantSettings | undefined> {
    checkSharedMeters(store, patch);
    let current = await read();
    for (let attempt = 1; attempt <= MAX_SWAP_ATTEMPTS; attempt += 1) {
      const nowMs = shell.clock();
      const step = updateSettings(current, tenant, patch, ifVersion, nowMs);
      if (step.kind === "nothing") return current;
      const { next, data } = step;
      const about = { type: "settings.updated", tenant, version: next.version, data } as const;
      const event = eventOf(about, terms, eventId(shell.random), nowMs);
      const result = await store.settings.replace(next, current?.version ?? 0, event);
      if (result.outcome === "replaced") return next;
      current = result.current;
    }
    throw new ClavigerError(
      "conflict",
      `the tenant's settings changed ${MAX_SWAP_ATTEMPTS} times while this act was tried: try again`,
    );
  }

  return {
    get: async () => shown(await read()),
    async update(input, options) {
      const patch = parseSettingsPatch(input);
      const terms = parseSettingsOptions(options);
      const { reason, address } = terms;
      const attempt = { type: "settings.refused", tenant, act: "update", reason, address } as const;
      try {
        return shown(await recordRefusal(shell, attempt, () => swap(patch, terms)));
      } finally {
        // Also where the reply was lost: the write may have taken place.
        shell.gates.hear({ kind: "tenant", tenant });
      }
    },
  };
}
