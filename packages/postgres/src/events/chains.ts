import { type EventLog, isStorable, type KeyChain } from "@claviger/core";
import type { SqlValue } from "../client/client.js";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import type { Tables } from "../schema/tables.js";

/** A page is a walk along the index of the tenant's keys, by id, from the one where the last page ended. */
export function prepareChains(database: Database, tables: Tables): EventLog["chains"] {
  const select = `
    SELECT pg_catalog.json_build_object(
      'keyId', k.id, 'version', k.version, 'head', k.head, 'anchor', (
        SELECT pg_catalog.json_build_object('version', a.version, 'hash', a.hash) FROM ${tables.anchors} a
        WHERE a.tenant = k.tenant AND a.key_id = k.id
      )
    )::text
    FROM ${tables.keys} k WHERE k.tenant = $1::text AND`;
  const ofKey = statement<KeyChain>(`${select} k.id = $2::text`);
  const ofTenant = statement<KeyChain>(`${select} k.id > $2::text ORDER BY k.id LIMIT $3::bigint`);
  return async ({ tenant, keyId, after = "", limit }) => {
    if (![tenant, keyId ?? "", after].every(isStorable)) return { items: [] };
    if (keyId !== undefined) return { items: await database.run(ofKey, [tenant, keyId]) };
    // One more row than the page holds tells whether another page follows.
    const values: readonly SqlValue[] = [tenant, after, limit + 1];
    const rows = await database.run(ofTenant, values);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return rows.length > limit && last !== undefined ? { items, next: last.keyId } : { items };
  };
}
