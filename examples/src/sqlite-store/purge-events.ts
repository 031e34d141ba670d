import type { PurgeQuery, PurgeResult } from "@claviger/core";
import type { Database } from "./database.js";

interface PurgedRow {
  readonly id: string;
  readonly keyId: string | null;
  readonly version: number | null;
  /** Null: in no chain. */
  readonly hash: string | null;
}

/** In a transaction: no reader finds an event gone that no anchor stands for. */
export function purgeEvents(database: Database, { tenant, beforeAt, limit }: PurgeQuery): PurgeResult {
  return database.transaction(() => {
    const rows = database.all<PurgedRow>(PURGEABLE, [tenant, beforeAt, beforeAt, limit + 1]);
    const purged = rows.slice(0, limit);
    for (const row of purged) {
      database.run("DELETE FROM events WHERE id = ?", [row.id]);
      anchor(database, row);
    }
    return { purged: purged.length, more: rows.length > limit };
  });
}

// In the order of versions, so that what is left of a chain for the next call is its end.
const PURGEABLE = `
  SELECT id, key_id AS keyId, version, hash FROM events purged
  WHERE tenant = ? AND at < ? AND (hash IS NULL OR NOT EXISTS (
    SELECT 1 FROM events kept
    WHERE kept.tenant = purged.tenant AND kept.key_id = purged.key_id AND kept.version < purged.version
      AND kept.at >= ? AND kept.hash IS NOT NULL))
  ORDER BY key_id, version LIMIT ?`;

function anchor(database: Database, { keyId, version, hash }: PurgedRow): void {
  if (keyId === null || version === null || hash === null) return;
  database.run("INSERT OR REPLACE INTO anchors (key_id, version, hash) VALUES (?, ?, ?)", [keyId, version, hash]);
}
