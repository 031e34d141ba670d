import type { ChangeEvent, KeyEntry, ReplaceResult } from "@claviger/core";
import type { Database } from "./database.js";
import { fromKeyRow, KEY_COLUMNS, type KeyRow, putKey } from "./key-row.js";
import { recordEvent } from "./record-event.js";

interface CurrentRow extends KeyRow {
  readonly version: number;
  readonly event_id: string;
}

export function replace(
  database: Database,
  next: KeyEntry,
  expectedVersion: number,
  event: ChangeEvent,
): ReplaceResult {
  return database.transaction(() => {
    const [current] = database.all<CurrentRow>(
      `SELECT ${KEY_COLUMNS}, version, event_id FROM keys WHERE id = ? AND tenant = ?`,
      [next.id, next.tenant],
    );
    if (current === undefined) return { outcome: "missing" };
    if (current.event_id === event.id) return { outcome: "replaced" };
    if (current.version !== expectedVersion) return { outcome: "conflict", current: fromKeyRow(current) };
    putKey(database, next, event.id);
    recordEvent(database, event);
    return { outcome: "replaced" };
  });
}
