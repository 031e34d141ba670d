import { type KeyEntry, mergeUsage, type UsageRecord } from "@claviger/core";
import type { KeyRef, ModelStore } from "./model-store.js";

/** What is told of the use of living keys; @param entryOf the key of a tenant */
export function modelUsage(entryOf: (tenant: string, id: string) => KeyEntry | undefined): Pick<
  ModelStore,
  "recordUsage" | "usage"
> & {
  lastUsedAt(key: KeyRef): number | null;
  forgetUsage(key: KeyRef): void;
} {
  let told: readonly UsageRecord[] = [];
  const usageOf = ({ tenant, id }: KeyRef): UsageRecord | undefined =>
    mergeUsage(told.filter((record) => record.tenant === tenant && record.keyId === id))[0];
  return {
    lastUsedAt: (key) => usageOf(key)?.lastUsedAt ?? null,
    forgetUsage({ id }) {
      told = told.filter(({ keyId }) => keyId !== id);
    },
    recordUsage(batch) {
      const ofLiving = batch.filter(({ tenant, keyId }) => {
        const entry = entryOf(tenant, keyId);
        return entry !== undefined && entry.state !== "destroyed";
      });
      told = [...told, ...ofLiving];
    },
    usage: ({ tenant, keyIds, fromAt, beforeAt }) =>
      keyIds.map((keyId) => {
        const { lastUsedAt = null, counts = [], sightings = [] } = usageOf({ tenant, id: keyId }) ?? {};
        const inRange = counts.filter(({ hourAt }) => hourAt >= fromAt && hourAt < beforeAt);
        return { keyId, lastUsedAt, counts: inRange, sightings };
      }),
  };
}
