import type { OwnerEvent, OwnerResult } from "@claviger/core";
import { againIfBeaten } from "../again-if-beaten.js";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import { columnList, columnsOf, rowFrom } from "../columns.js";
import { EVENT_COLUMNS, toEventRow } from "../events/event-row.js";
import type { Tables } from "../schema/tables.js";
import { tellOwner } from "../signal/tell.js";

/**
 * Suspends the owner whom the event names, at $2, or resumes him, if that is null. Locks as replacing a key does, and adds
 * a row as replacing settings does.
 */
export function prepareSwitch(
  database: Database,
  tables: Tables,
): (event: OwnerEvent, suspendedAt: number | null) => Promise<OwnerResult> {
  const switchOwner = statement<OwnerResult["outcome"]>(`
    WITH event AS MATERIALIZED (
      SELECT * FROM ${rowFrom("$1", "e", EVENT_COLUMNS)}
    ), current AS MATERIALIZED (
      SELECT s.* FROM ${tables.suspensions} s, event e WHERE s.tenant = e.tenant AND s.owner = e.owner FOR UPDATE OF s
    ), added AS (
      INSERT INTO ${tables.suspensions} (tenant, owner, suspended_at, event_id)
      SELECT e.tenant, e.owner, $2::bigint, e.id FROM event e
      WHERE $2::bigint IS NOT NULL AND NOT EXISTS (SELECT FROM current)
      RETURNING owner
    ), changed AS (
      UPDATE ${tables.suspensions} s SET suspended_at = $2::bigint, event_id = e.id FROM event e, current
      WHERE s.tenant = current.tenant AND s.owner = current.owner
        AND (current.suspended_at IS NULL) <> ($2::bigint IS NULL) AND current.event_id <> e.id
      RETURNING s.owner
    ), written AS (
      SELECT added.owner FROM added UNION ALL SELECT changed.owner FROM changed
    ), logged AS (
      INSERT INTO ${tables.events} (${columnList(EVENT_COLUMNS)})
      SELECT ${columnsOf("e", EVENT_COLUMNS)} FROM event e, written
      ${tellOwner(tables)}
    )
    SELECT pg_catalog.to_json(CASE
      WHEN EXISTS (SELECT FROM written) OR EXISTS (SELECT FROM current WHERE current.event_id = e.id) THEN 'changed'
      ELSE 'unchanged'
    END)::text FROM event e`);
  return async (event, suspendedAt) => {
    const values = [JSON.stringify(toEventRow(event)), suspendedAt];
    const [outcome] = await againIfBeaten(() => database.run(switchOwner, values));
    if (outcome === undefined) throw new Error("a switch of an owner gave no outcome");
    return { outcome };
  };
}
