import { type FeedPage, unknownPosition } from "@claviger/core";
import type { Database } from "./database.js";

interface FeedRow {
  readonly position: number;
  /** An `AuditEvent` as JSON. */
  readonly event: string;
}

/**
 * Goes by the number that an event got when it was inserted. Writers come one after the other, so nothing commits behind
 * a number that was read, and AUTOINCREMENT gives none out again after a purge.
 */
export function feed(database: Database, after: string | undefined, limit: number): FeedPage {
  const start = after === undefined ? 0 : startOf(database, after);
  const rows = database.all<FeedRow>(
    "SELECT position, event FROM events WHERE position > ? ORDER BY position LIMIT ?",
    [start, limit],
  );
  const end = rows.at(-1)?.position ?? start;
  return { items: rows.map(({ event }) => JSON.parse(event)), ...(end > 0 && { position: String(end) }) };
}

/** @throws ClavigerError `invalid_input` no event of this database has had the position */
function startOf(database: Database, after: string): number {
  const position = Number(after);
  const known = Number.isSafeInteger(position) && String(position) === after && position > 0;
  if (known && position <= lastPosition(database)) return position;
  throw unknownPosition(after);
}

function lastPosition(database: Database): number {
  const [row] = database.all<{ readonly seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'events'", []);
  return row?.seq ?? 0;
}
