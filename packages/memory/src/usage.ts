import { type KeyUsage, mergeUsage, type UsageQuery, type UsageRecord, type UsedKeyRecord } from "@claviger/core";
import { frozenCopy, type MemoryData, type MemoryKey, scopedName } from "./memory-data.js";

export function recordUsage(data: MemoryData, batch: readonly UsageRecord[]): void {
  for (const record of mergeUsage(batch)) {
    const entry = data.keys.get(record.keyId);
    if (entry === undefined || entry.stored.tenant !== record.tenant || entry.stored.state === "destroyed") continue;
    const name = scopedName(record.tenant, record.keyId);
    const before = data.usage.get(name);
    const [merged = record] = before === undefined ? [record] : mergeUsage([before, record]);
    data.usage.set(name, frozenCopy(merged));
    data.keys.set(record.keyId, usedAt(entry, entry.stored, merged.lastUsedAt));
  }
}

export function usage(data: MemoryData, { tenant, keyIds, fromAt, beforeAt }: UsageQuery): readonly KeyUsage[] {
  return keyIds.map((keyId) => {
    const record = data.usage.get(scopedName(tenant, keyId));
    const counts = record?.counts.filter(({ hourAt }) => hourAt >= fromAt && hourAt < beforeAt) ?? [];
    return { keyId, lastUsedAt: record?.lastUsedAt ?? null, counts, sightings: record?.sightings ?? [] };
  });
}

function usedAt(entry: MemoryKey, stored: UsedKeyRecord, lastUsedAt: number | null): MemoryKey {
  return { ...entry, stored: Object.freeze({ ...stored, lastUsedAt }) };
}
