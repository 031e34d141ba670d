import { type KeyUsage, mergeUsage, type Sighting, type UsageCount, type UsageQuery } from "@claviger/core";
import type { Database } from "./database.js";

export function usage(database: Database, query: UsageQuery): readonly KeyUsage[] {
  return query.keyIds.map((keyId) => usageOf(database, keyId, query));
}

function usageOf(database: Database, keyId: string, { tenant, fromAt, beforeAt }: UsageQuery): KeyUsage {
  const [key] = database.all<{ readonly lastUsedAt: number | null }>(
    "SELECT last_used_at AS lastUsedAt FROM keys WHERE id = ? AND tenant = ?",
    [keyId, tenant],
  );
  if (key === undefined) return { keyId, lastUsedAt: null, counts: [], sightings: [] };
  const counts = database.all<UsageCount>(
    "SELECT hour_at AS hourAt, outcome, count FROM usage_counts WHERE key_id = ? AND hour_at >= ? AND hour_at < ?",
    [keyId, fromAt, beforeAt],
  );
  const sightings = database.all<Sighting>(
    "SELECT kind, name, first_at AS firstAt, last_at AS lastAt FROM sightings WHERE key_id = ?",
    [keyId],
  );
  return inOrder({ keyId, lastUsedAt: key.lastUsedAt, counts, sightings }, tenant);
}

// Core orders names by code unit, SQLite by their UTF-8: beyond U+FFFF the two differ.
function inOrder(found: KeyUsage, tenant: string): KeyUsage {
  const [{ counts, sightings } = found] = mergeUsage([{ tenant, ...found }]);
  return { ...found, counts, sightings };
}
