import { type EventLog, unknownPosition } from "@claviger/core";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import { rowObject } from "../columns.js";
import type { Tables } from "../schema/tables.js";
import { EVENT_COLUMNS, type EventRow, fromEventRow } from "./event-row.js";
import { readFeedPosition } from "./feed-position.js";

interface FeedRow {
  /** The oldest transaction that is still under way: all before it have ended. */
  readonly horizon: string;
  /** Whether there are events of a transaction that this server has not had. */
  readonly restored: boolean;
  readonly page: readonly { readonly position: string; readonly event: EventRow }[];
}

/**
 * Events in the order of the transactions that wrote them, and of each no more than can have no other before it: those of
 * transactions below the snapshot's xmin have all ended, and none with such a number begins again. One that commits
 * late has its place behind what was read before. The numbers are of 64 bits, so they do not come round.
 *
 * A transaction that was given a number (it wrote something, anywhere on this server) and goes on holds back what comes
 * after it, for as long.
 */
export function prepareFeed(database: Database, tables: Tables): EventLog["feed"] {
  const read = statement<FeedRow>(`
    SELECT pg_catalog.json_build_object(
      'horizon', horizon.xmin::text,
      'restored', EXISTS (SELECT FROM ${tables.events} e WHERE e.committed_in >= horizon.xmax),
      'page', coalesce((
        SELECT pg_catalog.json_agg(pg_catalog.json_build_object(
          'position', pg_catalog.concat(p.committed_in, ':', p.position), 'event', ${rowObject("p", EVENT_COLUMNS)}
        ))
        FROM (
          SELECT e.* FROM ${tables.events} e
          WHERE (e.committed_in, e.position) > ($1::text::xid8, $2::bigint) AND e.committed_in < horizon.xmin
          ORDER BY e.committed_in, e.position LIMIT $3::bigint
        ) p
      ), '[]'::json)
    )::text
    FROM (
      SELECT pg_catalog.pg_snapshot_xmin(s.snapshot) AS xmin, pg_catalog.pg_snapshot_xmax(s.snapshot) AS xmax
      FROM (SELECT pg_catalog.pg_current_snapshot() AS snapshot) s
    ) horizon`);
  return async (after, limit) => {
    const { transaction, place } = readFeedPosition(after);
    const [row] = await database.run(read, [String(transaction), String(place), limit]);
    if (row === undefined) throw new Error("the feed gave no answer");
    if (row.restored) throw new Error(restored(tables));
    if (transaction > BigInt(row.horizon)) {
      // From another database, or from before this one was restored.
      throw unknownPosition(after);
    }
    // A page that is not full holds all there is before the horizon.
    const last = row.page.length < limit ? `${row.horizon}:0` : row.page.at(-1)?.position;
    return { items: row.page.map(({ event }) => fromEventRow(event)), ...(last !== undefined && { position: last }) };
  };
}

function restored({ events }: Tables): string {
  return `the events were restored from another database, whose transactions have other numbers: run UPDATE ${events} SET committed_in = '0' WHERE committed_in >= pg_snapshot_xmax(pg_current_snapshot()), and let every reader begin anew`;
}
