import { isStorable, mergeUsage, type UsageStore } from "@claviger/core";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import { anyOf, textArray } from "../client/text-array.js";
import { columnList, columnsOf, rowsFrom } from "../columns.js";
import type { Tables } from "../schema/tables.js";
import { COUNT_COLUMNS, MERGED_COLUMNS, SIGHTING_COLUMNS, toMergedRow } from "./usage-row.js";

/**
 * One statement for the batch. $2 repeats the keys' ids, as in `consumeStatement`.
 *
 * - held: each key's row once, in the order in which everyone locks keys, so that batches, changes and weeding never wait
 *   for each other in a circle. Whoever holds a key's row may write what is counted of it: nobody else does. One that had
 *   to wait for a deletion finds the tombstone, and drops the record.
 * - used: one column, and only forward. It is in no index, so the row is rewritten on its own page, as long as that has
 *   room. State, version and event stay as whoever came before left them.
 */
export function prepareRecordUsage(database: Database, tables: Tables): UsageStore["recordUsage"] {
  const merge = statement<never>(`
    WITH record AS MATERIALIZED (
      SELECT * FROM ${rowsFrom("$1", "r", MERGED_COLUMNS)}
    ), held AS MATERIALIZED (
      SELECT r.* FROM ${tables.keys} k JOIN record r ON r.key_id = k.id AND r.tenant = k.tenant
      WHERE k.id = ${anyOf("$2")} AND k.state <> 'destroyed'
      ORDER BY k.id FOR NO KEY UPDATE OF k
    ), used AS (
      UPDATE ${tables.keys} k SET last_used_at = held.last_used_at FROM held
      WHERE k.id = ${anyOf("$2")} AND k.id = held.key_id
        AND coalesce(held.last_used_at > k.last_used_at, held.last_used_at IS NOT NULL)
    ), counted AS (
      INSERT INTO ${tables.usageCounts} AS u (key_id, ${columnList(COUNT_COLUMNS)})
      SELECT held.key_id, ${columnsOf("c", COUNT_COLUMNS)}
      FROM held CROSS JOIN LATERAL ${rowsFrom("held.counts", "c", COUNT_COLUMNS)}
      ON CONFLICT (key_id, hour_at, outcome) DO UPDATE SET count = u.count + excluded.count
    )
    INSERT INTO ${tables.sightings} AS s (key_id, ${columnList(SIGHTING_COLUMNS)})
    SELECT held.key_id, ${columnsOf("c", SIGHTING_COLUMNS)}
    FROM held CROSS JOIN LATERAL ${rowsFrom("held.sightings", "c", SIGHTING_COLUMNS)}
    ON CONFLICT (key_id, kind, name) DO UPDATE
      SET first_at = least(s.first_at, excluded.first_at), last_at = greatest(s.last_at, excluded.last_at)
      WHERE s.first_at > excluded.first_at OR s.last_at < excluded.last_at`);
  return async (batch) => {
    // A text that PostgreSQL cannot hold names no key, and would fail the whole statement.
    const records = mergeUsage(batch).filter(({ tenant, keyId }) => isStorable(tenant) && isStorable(keyId));
    if (records.length === 0) return;
    const ids = textArray(records.map(({ keyId }) => keyId));
    await database.run(merge, [JSON.stringify(records.map(toMergedRow)), ids]);
  };
}
