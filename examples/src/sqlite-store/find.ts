import type { StoredKey } from "@claviger/core";
import type { Database } from "./database.js";
import { fromKeyRow, KEY_COLUMNS, type KeyRow } from "./key-row.js";

export function find(database: Database, ids: readonly string[], tenant?: string): readonly (StoredKey | undefined)[] {
  const rows = database.all<KeyRow>(`SELECT ${KEY_COLUMNS} FROM keys WHERE id IN (SELECT value FROM json_each(?))`, [
    JSON.stringify(ids),
  ]);
  const found = new Map(rows.map(fromKeyRow).map((key) => [key.id, key]));
  return ids.map((id) => {
    const key = found.get(id);
    return tenant === undefined || key?.tenant === tenant ? key : undefined;
  });
}
