import type { KeyRecord } from "@claviger/core";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import type { Tables } from "../schema/tables.js";

/**
 * Frees the places of an owner's dead keys: how many. Takes out what was read as dead, and death is for good; keeping
 * what was read as alive would drop a key that was added since.
 */
export function prepareWeed(database: Database, tables: Tables): (of: KeyRecord, nowMs: number) => Promise<number> {
  const weed = statement<number>(`
    WITH dead AS MATERIALIZED (
      SELECT array_agg(k.id) AS ids
      FROM ${tables.owners} o CROSS JOIN unnest(o.live) AS listed (id) JOIN ${tables.keys} k ON k.id = listed.id
      WHERE o.tenant = $1::text AND o.owner = $2::text
        AND (k.state IN ('revoked', 'compromised', 'destroyed') OR k.expires_at <= $3::bigint)
    ), weeded AS (
      UPDATE ${tables.owners} o
      SET live = ARRAY(SELECT listed.id FROM unnest(o.live) AS listed (id) WHERE listed.id <> ALL (dead.ids))
      FROM dead
      WHERE o.tenant = $1::text AND o.owner = $2::text AND o.live && dead.ids
    )
    SELECT to_json(cardinality(coalesce(dead.ids, '{}')))::text FROM dead`);
  return async ({ tenant, owner }, nowMs) => {
    const [freed] = await database.run(weed, [tenant, owner, nowMs]);
    return freed ?? 0;
  };
}
