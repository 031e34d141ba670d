import type { KeyStore } from "@claviger/core";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import { assignments, columnList, columnsOf, rowFrom } from "../columns.js";
import { EVENT_COLUMNS, toEventRow } from "../events/event-row.js";
import type { Tables } from "../schema/tables.js";
import { tellKey } from "../signal/tell.js";
import { erasures, prepareErase } from "./erase.js";
import { fromKeyRow, type KeyRow, keyCells } from "./key-cells.js";
import { toKeyRow, WRITTEN_COLUMNS } from "./key-row.js";

interface ReplaceRow {
  readonly replaced: boolean;
  readonly current: KeyRow;
}

/**
 * Under READ COMMITTED a lock that had to wait gives the row as whoever held it left it. So the version is compared, and
 * a conflict answered, with the row as it is now, not as it was when the statement began.
 *
 * A key whose place was given away has ended, also for a change that was decided before its end and comes after it (see
 * `prepareWeed`): such a change is a conflict, unless it ends the key for good, or no later than it would have ended.
 */
export function prepareReplace(database: Database, tables: Tables): KeyStore["replace"] {
  const replaceKey = statement<ReplaceRow>(`
    WITH next AS MATERIALIZED (
      SELECT * FROM ${rowFrom("$1", "n", WRITTEN_COLUMNS)}
    ), current AS MATERIALIZED (
      SELECT k.* FROM ${tables.keys} k, next WHERE k.id = next.id AND k.tenant = next.tenant FOR UPDATE OF k
    ), changed AS (
      UPDATE ${tables.keys} k
      SET ${assignments("next", WRITTEN_COLUMNS)},
        last_used_at = CASE WHEN next.state = 'destroyed' THEN NULL ELSE k.last_used_at END
      FROM next, current
      WHERE k.id = current.id AND current.version = $3::bigint AND current.event_id <> next.event_id
        AND (
          NOT current.weeded OR next.state IN ('revoked', 'compromised', 'destroyed')
          OR current.state IN ('active', 'disabled') AND next.expires_at <= current.expires_at
        )
      RETURNING k.id, k.tenant, k.state
    ), logged AS (
      INSERT INTO ${tables.events} (${columnList(EVENT_COLUMNS)})
      SELECT ${columnsOf("e", EVENT_COLUMNS)} FROM ${rowFrom("$2", "e", EVENT_COLUMNS)}, changed
      ${tellKey(tables)}
    ), ${erasures(tables, "changed")}
    SELECT pg_catalog.json_build_object(
      'replaced', current.event_id = next.event_id OR EXISTS (SELECT FROM changed),
      'current', ${keyCells("current")}
    )::text FROM current, next`);
  const erase = prepareErase(database, tables);
  return async (next, expectedVersion, event) => {
    const values = [JSON.stringify(toKeyRow(next, event.id)), JSON.stringify(toEventRow(event)), expectedVersion];
    const [row] = await database.run(replaceKey, values);
    if (row === undefined) return { outcome: "missing" };
    if (!row.replaced) return { outcome: "conflict", current: fromKeyRow(row.current) };
    if (next.state === "destroyed") await erase(next);
    return { outcome: "replaced" };
  };
}
