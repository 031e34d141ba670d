import type { KeyRecord } from "@claviger/core";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import type { Tables } from "../schema/tables.js";

/**
 * Frees the places of an owner's dead keys: how many. Takes out what is dead, not what is left after the living: that
 * would drop a key that was added since.
 *
 * An end of time can still be put off by a change that was decided before it, so whoever takes a key's place marks the
 * key, and `replace` brings no marked key back to life (what lets one end no later it writes). Of a key that ends at T:
 *
 * - before T, a change to a later end is decided; it is not written yet.
 * - after T, an insert finds its owner at the cap, marks the key here, and gives its place away.
 * - The change arrives, at a version that is still the key's: a conflict, by the mark. The key has expired.
 *
 * If the change comes first, the lock here waits for it, finds the key alive, and the place stays taken. A key's row is
 * always locked before the owner's, and several by id, so that nobody waits in a circle: an insert that holds the owner's
 * row waits for no key that is in it, and a replace takes none of the owner's.
 */
export function prepareWeed(database: Database, tables: Tables): (of: KeyRecord, nowMs: number) => Promise<number> {
  const weed = statement<number>(`
    WITH dead AS MATERIALIZED (
      SELECT k.id FROM ${tables.keys} k
      WHERE k.id IN (
        SELECT listed.id FROM ${tables.owners} o CROSS JOIN LATERAL pg_catalog.unnest(o.live) AS listed (id)
        WHERE o.tenant = $1::text AND o.owner = $2::text
      ) AND NOT k.weeded AND (k.state IN ('revoked', 'compromised', 'destroyed') OR k.expires_at <= $3::bigint)
      ORDER BY k.id FOR UPDATE OF k
    ), marked AS (
      UPDATE ${tables.keys} k SET weeded = true FROM dead WHERE k.id = dead.id RETURNING k.id
    ), gone AS MATERIALIZED (
      SELECT pg_catalog.array_agg(marked.id) AS ids FROM marked
    ), weeded AS (
      UPDATE ${tables.owners} o
      SET live = ARRAY(SELECT listed.id FROM pg_catalog.unnest(o.live) AS listed (id) WHERE listed.id <> ALL (gone.ids))
      FROM gone
      WHERE o.tenant = $1::text AND o.owner = $2::text AND gone.ids IS NOT NULL
    )
    SELECT pg_catalog.to_json(pg_catalog.cardinality(coalesce(gone.ids, '{}')))::text FROM gone`);
  return async ({ tenant, owner }, nowMs) => {
    const [freed] = await database.run(weed, [tenant, owner, nowMs]);
    return freed ?? 0;
  };
}
