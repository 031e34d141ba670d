import assert from "node:assert/strict";
import { type KeyUsage, MAX_TIME_MS, type Store, type UsageRecord } from "@claviger/core";
import { NOW_MS } from "./samples.js";

export const HOUR_MS = 3_600_000;

/** Begins the hour in which the cases play. */
export const HOUR_AT: number = NOW_MS - (NOW_MS % HOUR_MS);

interface KeyRef {
  readonly tenant: string;
  readonly id: string;
}

/** One accepted use of a key, with a count and a sighting, unless told otherwise. */
export function usageOf(key: KeyRef, given: Partial<UsageRecord> = {}): UsageRecord {
  return {
    tenant: key.tenant,
    keyId: key.id,
    lastUsedAt: NOW_MS,
    counts: [{ hourAt: HOUR_AT, outcome: "ok", count: 1 }],
    sightings: [{ kind: "secret", name: "1", firstAt: NOW_MS, lastAt: NOW_MS }],
    ...given,
  };
}

/** All that the store knows of a key's use. */
export async function usageNow(store: Store, key: KeyRef): Promise<KeyUsage> {
  const all = { fromAt: 0, beforeAt: MAX_TIME_MS };
  const [usage] = await store.usage({ tenant: key.tenant, keyIds: [key.id], ...all });
  assert.ok(usage !== undefined, "usage answers for every key");
  return usage;
}

/** The usage of a key that has none. */
export function noUsage(keyId: string): KeyUsage {
  return { keyId, lastUsedAt: null, counts: [], sightings: [] };
}
