import {
  type KeyRecord,
  type KeyUsage,
  MAX_TIME_MS,
  type OwnerEvent,
  type SettingsEvent,
  type Store,
  type TenantSettings,
  type UsageRecord,
} from "@claviger/core";
import { freshId, NOW_MS } from "@claviger/store-conformance/samples";

const HOUR_MS = 3_600_000;

/** One accepted use of a key, with a count and a sighting. */
export function useOf({ tenant, id: keyId }: KeyRecord, lastUsedAt: number = NOW_MS): UsageRecord {
  return {
    tenant,
    keyId,
    lastUsedAt,
    counts: [{ hourAt: NOW_MS - (NOW_MS % HOUR_MS), outcome: "ok", count: 1 }],
    sightings: [{ kind: "secret", name: "1", firstAt: lastUsedAt, lastAt: lastUsedAt }],
  };
}

/** All that is known of a key's use. */
export async function usageOf(store: Store, { tenant, id }: KeyRecord): Promise<KeyUsage | undefined> {
  const [usage] = await store.usage({ tenant, keyIds: [id], fromAt: 0, beforeAt: MAX_TIME_MS });
  return usage;
}

/** A tenant's first settings. */
export function settingsOf(tenant: string): TenantSettings {
  return { tenant, version: 1, updatedAt: NOW_MS, settings: { enabled: true } };
}

export function settingsEvent({ tenant, version, updatedAt: at }: TenantSettings): SettingsEvent {
  return { id: freshId(), type: "settings.updated", tenant, actor: "system", at, version, data: {} };
}

export function suspension({ tenant, owner }: KeyRecord): OwnerEvent<"owner.suspended"> {
  return { id: freshId(), type: "owner.suspended", tenant, owner, actor: "system", at: NOW_MS, data: {} };
}

export function resumption({ tenant, owner }: KeyRecord): OwnerEvent<"owner.resumed"> {
  return { id: freshId(), type: "owner.resumed", tenant, owner, actor: "system", at: NOW_MS, data: {} };
}
