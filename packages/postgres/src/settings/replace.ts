import type { SettingsStore } from "@claviger/core";
import { againIfBeaten } from "../again-if-beaten.js";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import { assignments, columnList, columnsOf, rowFrom, rowObject } from "../columns.js";
import { EVENT_COLUMNS, toEventRow } from "../events/event-row.js";
import type { Tables } from "../schema/tables.js";
import { tellTenant } from "../signal/tell.js";
import { fromSettingsRow, SETTINGS_COLUMNS, type SettingsRow, toSettingsRow } from "./settings-row.js";

interface ReplaceRow {
  readonly replaced: boolean;
  readonly current: SettingsRow | null;
}

/** As keys are replaced, but that what is not there yet is added: two who do so at once meet at the primary key. */
export function prepareReplaceSettings(database: Database, tables: Tables): SettingsStore["replace"] {
  const replaceSettings = statement<ReplaceRow>(`
    WITH next AS MATERIALIZED (
      SELECT n.*, e.id AS event_id
      FROM ${rowFrom("$1", "n", SETTINGS_COLUMNS)}, ${rowFrom("$2", "e", EVENT_COLUMNS)}
    ), current AS MATERIALIZED (
      SELECT s.* FROM ${tables.settings} s, next WHERE s.tenant = next.tenant FOR UPDATE OF s
    ), added AS (
      INSERT INTO ${tables.settings} (${columnList(SETTINGS_COLUMNS)}, event_id)
      SELECT ${columnsOf("next", SETTINGS_COLUMNS)}, next.event_id FROM next
      WHERE $3::bigint = 0 AND NOT EXISTS (SELECT FROM current)
      RETURNING tenant
    ), changed AS (
      UPDATE ${tables.settings} s SET ${assignments("next", SETTINGS_COLUMNS)}, event_id = next.event_id
      FROM next, current
      WHERE s.tenant = current.tenant AND current.version = $3::bigint AND current.event_id <> next.event_id
      RETURNING s.tenant
    ), written AS (
      SELECT added.tenant FROM added UNION ALL SELECT changed.tenant FROM changed
    ), logged AS (
      INSERT INTO ${tables.events} (${columnList(EVENT_COLUMNS)})
      SELECT ${columnsOf("e", EVENT_COLUMNS)} FROM ${rowFrom("$2", "e", EVENT_COLUMNS)}, written
      ${tellTenant(tables)}
    )
    SELECT pg_catalog.json_build_object(
      'replaced', EXISTS (SELECT FROM written) OR EXISTS (SELECT FROM current WHERE current.event_id = next.event_id),
      'current', (SELECT ${rowObject("current", SETTINGS_COLUMNS)} FROM current)
    )::text FROM next`);
  return async (next, expectedVersion, event) => {
    const values = [JSON.stringify(toSettingsRow(next)), JSON.stringify(toEventRow(event)), expectedVersion];
    const [row] = await againIfBeaten(() => database.run(replaceSettings, values));
    if (row?.replaced) return { outcome: "replaced" };
    const current = row?.current ?? null;
    return { outcome: "conflict", ...(current !== null && { current: fromSettingsRow(current) }) };
  };
}
