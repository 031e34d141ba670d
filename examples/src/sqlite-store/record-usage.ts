import type { UsageRecord } from "@claviger/core";
import type { Database } from "./database.js";

/** Each row by one statement that adds to what is there: core's `mergeUsage`, in SQL. */
export function recordUsage(database: Database, batch: readonly UsageRecord[]): void {
  database.transaction(() => {
    for (const record of batch) recordOne(database, record);
  });
}

function recordOne(database: Database, { tenant, keyId, lastUsedAt, counts, sightings }: UsageRecord): void {
  const living = database.run(
    `UPDATE keys SET last_used_at = coalesce(max(last_used_at, ?), last_used_at, ?)
     WHERE id = ? AND tenant = ? AND state <> 'destroyed'`,
    [lastUsedAt, lastUsedAt, keyId, tenant],
  );
  if (living === 0) return;
  for (const { hourAt, outcome, count } of counts) {
    database.run(
      `INSERT INTO usage_counts (key_id, hour_at, outcome, count) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
      [keyId, hourAt, outcome, count],
    );
  }
  for (const { kind, name, firstAt, lastAt } of sightings) {
    database.run(
      `INSERT INTO sightings (key_id, kind, name, first_at, last_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`,
      [keyId, kind, name, firstAt, lastAt],
    );
  }
}
