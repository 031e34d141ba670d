import type { AuditEvent, PurgeQuery, PurgeResult } from "@claviger/core";
import { type MemoryData, scopedName } from "./memory-data.js";

export function purgeEvents(data: MemoryData, { tenant, beforeAt, limit }: PurgeQuery): PurgeResult {
  const events = eventsOf(data, tenant);
  const firstKept = firstKeptVersions(events, beforeAt);
  const due = events.filter((event) => event.at < beforeAt && !isKept(event, firstKept)).sort(byVersion);
  const purged = due.slice(0, limit);
  for (const event of purged) {
    remove(data, event);
    anchor(data, event);
  }
  return { purged: purged.length, more: purged.length < due.length };
}

function eventsOf(data: MemoryData, tenant: string): readonly AuditEvent[] {
  const log = data.log.get(tenant);
  const ids = Array.from({ length: log?.size ?? 0 }, (_, index) => log?.at(index)?.id ?? "");
  return ids.flatMap((id) => data.events.get(id)?.event ?? []);
}

/** By key, of each chain the first version whose event is not before the time. */
function firstKeptVersions(events: readonly AuditEvent[], beforeAt: number): ReadonlyMap<string, number> {
  const firstKept = new Map<string, number>();
  for (const { at, keyId, version, chain } of events) {
    if (chain === undefined || keyId === undefined || version === undefined || at < beforeAt) continue;
    firstKept.set(keyId, Math.min(version, firstKept.get(keyId) ?? version));
  }
  return firstKept;
}

function isKept({ keyId, version, chain }: AuditEvent, firstKept: ReadonlyMap<string, number>): boolean {
  if (chain === undefined || keyId === undefined || version === undefined) return false;
  return version >= (firstKept.get(keyId) ?? Number.POSITIVE_INFINITY);
}

// Wherever a call ends, it has taken each chain from its beginning.
function byVersion(a: AuditEvent, b: AuditEvent): number {
  return (a.version ?? 0) - (b.version ?? 0);
}

function remove(data: MemoryData, { id, tenant, at }: AuditEvent): void {
  const place = data.events.get(id)?.place;
  if (place !== undefined) data.feed.remove({ at: place, id });
  data.log.get(tenant)?.remove({ at, id });
  data.events.delete(id);
}

function anchor(data: MemoryData, { tenant, keyId, version, chain }: AuditEvent): void {
  if (chain === undefined || keyId === undefined || version === undefined) return;
  const name = scopedName(tenant, keyId);
  if ((data.anchors.get(name)?.version ?? 0) < version)
    data.anchors.set(name, Object.freeze({ version, hash: chain.hash }));
}
