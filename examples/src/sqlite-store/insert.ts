import type { ChangeEvent, InsertResult, KeyRecord, OwnerCap } from "@claviger/core";
import type { Database } from "./database.js";
import { putKey } from "./key-row.js";
import { recordEvent } from "./record-event.js";

/** In a transaction: between the count and the write nobody else writes. */
export function insert(database: Database, key: KeyRecord, cap: OwnerCap, event: ChangeEvent): InsertResult {
  return database.transaction(() => {
    if (isRepeated(database, event)) return { outcome: "inserted" };
    if (isTaken(database, key.id)) return { outcome: "duplicate" };
    if (countLive(database, key, cap.nowMs) >= cap.maxLive) return { outcome: "limit_reached" };
    putKey(database, key, event.id);
    recordEvent(database, event);
    return { outcome: "inserted" };
  });
}

// The key's row will not do: it names the last change only, and a key may have been changed since it was inserted.
function isRepeated(database: Database, event: ChangeEvent): boolean {
  return database.all("SELECT 1 FROM events WHERE id = ? AND key_id = ?", [event.id, event.keyId]).length > 0;
}

function isTaken(database: Database, id: string): boolean {
  return database.all("SELECT 1 FROM keys WHERE id = ?", [id]).length > 0;
}

function countLive(database: Database, { tenant, owner }: KeyRecord, nowMs: number): number {
  const [counted] = database.all<{ readonly live: number }>(
    `SELECT count(*) AS live FROM keys
     WHERE tenant = ? AND owner = ? AND state IN ('active', 'disabled') AND (expires_at IS NULL OR expires_at > ?)`,
    [tenant, owner, nowMs],
  );
  return counted?.live ?? 0;
}
