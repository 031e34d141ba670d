import { isStorable, type UsageStore } from "@claviger/core";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import { anyOf, textArray } from "../client/text-array.js";
import { type Columns, rowObject } from "../columns.js";
import type { Tables } from "../schema/tables.js";
import { wholeBound } from "../whole-bound.js";
import { COUNT_COLUMNS, fromUsageRow, SIGHTING_COLUMNS, type UsageRow } from "./usage-row.js";

/** By way of the keys' rows: what is left of a deleted one's usage, if anything, is nobody's to read. */
export function prepareUsage(database: Database, tables: Tables): UsageStore["usage"] {
  const read = statement<UsageRow>(`
    SELECT pg_catalog.json_build_object(
      'key_id', k.id,
      'last_used_at', k.last_used_at,
      'counts', (
        SELECT ${arrayOf("c", COUNT_COLUMNS)} FROM ${tables.usageCounts} c
        WHERE c.key_id = k.id AND c.hour_at >= $3::bigint AND c.hour_at < $4::bigint
      ),
      'sightings', (
        SELECT ${arrayOf("s", SIGHTING_COLUMNS)} FROM ${tables.sightings} s WHERE s.key_id = k.id
      )
    )::text
    FROM ${tables.keys} k WHERE k.id = ${anyOf("$1")} AND k.tenant = $2::text AND k.state <> 'destroyed'`);
  return async ({ tenant, keyIds, fromAt, beforeAt }) => {
    const possible = isStorable(tenant) ? keyIds.filter(isStorable) : [];
    // No hour is within a bound that is no number.
    const bounds = [fromAt, beforeAt].some(Number.isNaN) ? [0, 0] : [fromAt, beforeAt].map(wholeBound);
    const values = [textArray(possible), tenant, ...bounds];
    const rows = possible.length === 0 ? [] : await database.run(read, values);
    const known = new Map(rows.map((row) => [row.key_id, fromUsageRow(row)]));
    return keyIds.map((keyId) => known.get(keyId) ?? { keyId, lastUsedAt: null, counts: [], sightings: [] });
  };
}

function arrayOf(alias: string, columns: Columns<string>): string {
  return `coalesce(pg_catalog.json_agg(${rowObject(alias, columns)}), '[]'::json)`;
}
