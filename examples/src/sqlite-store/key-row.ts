import { type KeyEntry, type StoredKey, searchText } from "@claviger/core";
import type { Database } from "./database.js";

/** What `KEY_COLUMNS` reads of a key. */
export interface KeyRow {
  /** A `KeyEntry` as JSON. */
  readonly entry: string;
  readonly last_used_at: number | null;
}

export const KEY_COLUMNS = "entry, last_used_at";

export function fromKeyRow(row: KeyRow): StoredKey {
  const entry: KeyEntry = JSON.parse(row.entry);
  return entry.state === "destroyed" ? entry : { ...entry, lastUsedAt: row.last_used_at };
}

/** Puts a key in the place of whatever was kept under its id. What usage wrote beside it stays, unless the key is deleted. */
export function putKey(database: Database, next: KeyEntry, eventId: string): void {
  const search = next.state === "destroyed" ? null : searchText(next);
  database.run(
    `INSERT INTO keys (id, entry, event_id, search) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET entry = excluded.entry, event_id = excluded.event_id, search = excluded.search`,
    [next.id, JSON.stringify(next), eventId, search],
  );
  if (next.state === "destroyed") eraseBeside(database, next.tenant, next.id);
}

function eraseBeside(database: Database, tenant: string, keyId: string): void {
  database.run("UPDATE keys SET last_used_at = NULL WHERE id = ?", [keyId]);
  database.run("DELETE FROM meters WHERE tenant = ? AND key_id = ?", [tenant, keyId]);
  database.run("DELETE FROM usage_counts WHERE key_id = ?", [keyId]);
  database.run("DELETE FROM sightings WHERE key_id = ?", [keyId]);
}
