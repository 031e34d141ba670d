import { type EventLog, type EventRef, isStorable } from "@claviger/core";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import { anyOf, textArray } from "../client/text-array.js";
import { type Columns, rowsFrom } from "../columns.js";
import type { Tables } from "../schema/tables.js";

const REF_COLUMNS: Columns<"id" | "tenant" | "key_id" | "at"> = {
  id: "text",
  tenant: "text",
  key_id: "text",
  at: "bigint",
};

/** Core's `erasedEvent`, in SQL. $2 repeats the ids, as in `consumeStatement`; events are locked by id, as by a purge. */
export function prepareEraseEvents(database: Database, tables: Tables): EventLog["eraseEvents"] {
  const erase = statement<never>(`
    WITH held AS MATERIALIZED (
      SELECT e.id FROM ${tables.events} e
      JOIN ${rowsFrom("$1", "r", REF_COLUMNS)}
        ON r.id = e.id AND r.tenant = e.tenant AND r.at = e.at AND r.key_id IS NOT DISTINCT FROM e.key_id
      WHERE e.id = ${anyOf("$2")} AND e.erased_at IS NULL
      ORDER BY e.id FOR UPDATE OF e
    )
    UPDATE ${tables.events} e
    SET actor = '', address = NULL, reason = NULL, owner = NULL, data = '{}', salt = NULL, erased_at = $3::bigint
    FROM held WHERE e.id = ${anyOf("$2")} AND e.id = held.id`);
  return async (refs, erasedAt) => {
    const possible = refs.filter(isPossible);
    if (possible.length === 0) return;
    const rows = possible.map(({ id, tenant, keyId, at }) => ({ id, tenant, key_id: keyId ?? null, at }));
    await database.run(erase, [JSON.stringify(rows), textArray(possible.map(({ id }) => id)), erasedAt]);
  };
}

/** What PostgreSQL cannot hold is in no event, and would fail the statement. */
function isPossible({ id, tenant, keyId = "", at }: EventRef): boolean {
  return [id, tenant, keyId].every(isStorable) && Number.isSafeInteger(at);
}
