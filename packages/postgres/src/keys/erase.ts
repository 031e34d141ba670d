import type { Tombstone } from "@claviger/core";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import type { Tables } from "../schema/tables.js";

/**
 * Parts of a WITH: takes away what is kept of a key beside its row, if a part of this name, with `id`, `tenant` and
 * `state`, says that it is deleted.
 */
export function erasures(tables: Tables, of: string): string {
  return `erased_meters AS (
      DELETE FROM ${tables.meters} m USING ${of}
      WHERE m.tenant = ${of}.tenant AND m.key_id = ${of}.id AND ${of}.state = 'destroyed'
    ), erased_counts AS (
      DELETE FROM ${tables.usageCounts} u USING ${of} WHERE u.key_id = ${of}.id AND ${of}.state = 'destroyed'
    ), erased_sightings AS (
      DELETE FROM ${tables.sightings} s USING ${of} WHERE s.key_id = ${of}.id AND ${of}.state = 'destroyed'
    )`;
}

/**
 * Takes away what a deletion could not see: rows that were added while it waited for the key. Its statement looks at the
 * tables as they were when it began; this one begins after it. From then on nothing is counted of the key.
 *
 * Is it lost, as with the connection, the deletion fails although the key is gone, and its repetition under the same event
 * does this again. Without one such rows stay, as a keyring deletes nothing twice: nobody is shown them.
 */
export function prepareErase(database: Database, tables: Tables): (deleted: Tombstone) => Promise<void> {
  const erase = statement<number>(`
    WITH gone AS MATERIALIZED (
      SELECT k.id, k.tenant, k.state FROM ${tables.keys} k
      WHERE k.id = $1::text AND k.tenant = $2::text AND k.state = 'destroyed' FOR UPDATE OF k
    ), ${erasures(tables, "gone")}
    SELECT pg_catalog.to_json(pg_catalog.count(*))::text FROM gone`);
  return async ({ id, tenant }) => {
    await database.run(erase, [id, tenant]);
  };
}
