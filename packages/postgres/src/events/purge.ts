import { type EventLog, type EventPosition, isStorable } from "@claviger/core";
import type { SqlValue } from "../client/client.js";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import type { Tables } from "../schema/tables.js";
import { wholeBound } from "../whole-bound.js";

interface PurgeRow {
  readonly purged: number;
  /** Where the walk ended, if it did not come to its end. */
  readonly last: EventPosition | null;
}

const BEGINNING: EventPosition = { at: Number.MIN_SAFE_INTEGER, id: "" };

/**
 * One statement looks at as many events as it may take away, oldest first, and takes those that the prefix rule allows.
 * Under clocks that differ an event may be older than one of an earlier version: it stays, and where a statement meets
 * nothing but such it goes on behind them, so that they never keep the rest.
 *
 * - first: of a key the first version that stays. What commits meanwhile has a higher one.
 * - held: by id, as everyone locks events. One that another purge has taken is gone, and that one has anchored it.
 * - anchored: in the order of the keys, forward only; it commits with what it stands for.
 */
export function preparePurgeEvents(database: Database, tables: Tables): EventLog["purgeEvents"] {
  const purge = statement<PurgeRow>(`
    WITH walked AS MATERIALIZED (
      SELECT e.id, e.at, e.key_id, e.version, e.chain_hash IS NOT NULL AS chained FROM ${tables.events} e
      WHERE e.tenant = $1::text AND e.at < $2::bigint AND (e.at, e.id) > ($3::bigint, $4::text)
      ORDER BY e.at, e.id LIMIT $5::bigint
    ), first AS MATERIALIZED (
      SELECT of.key_id, (
        SELECT pg_catalog.min(e.version) FROM ${tables.events} e
        WHERE e.tenant = $1::text AND e.key_id = of.key_id AND e.chain_hash IS NOT NULL
          AND NOT (e.at < $2::bigint AND (e.at, e.id) > ($3::bigint, $4::text) AND (e.at, e.id) <= (last.at, last.id))
      ) AS version
      FROM (SELECT DISTINCT walked.key_id FROM walked WHERE walked.chained) of,
        (SELECT walked.at, walked.id FROM walked ORDER BY walked.at DESC, walked.id DESC LIMIT 1) last
    ), held AS MATERIALIZED (
      SELECT e.id FROM ${tables.events} e
      WHERE e.id = ANY (ARRAY(
        SELECT walked.id FROM walked LEFT JOIN first ON first.key_id = walked.key_id
        WHERE NOT walked.chained OR first.version IS NULL OR walked.version < first.version
      ))
      ORDER BY e.id FOR UPDATE OF e
    ), purged AS (
      DELETE FROM ${tables.events} e WHERE e.id = ANY (ARRAY(SELECT held.id FROM held))
      RETURNING e.key_id, e.version, e.chain_hash
    ), anchored AS (
      INSERT INTO ${tables.anchors} AS a (tenant, key_id, version, hash)
      SELECT DISTINCT ON (purged.key_id) $1::text, purged.key_id, purged.version, purged.chain_hash
      FROM purged WHERE purged.chain_hash IS NOT NULL
      ORDER BY purged.key_id, purged.version DESC
      ON CONFLICT (tenant, key_id) DO UPDATE SET version = excluded.version, hash = excluded.hash
        WHERE a.version < excluded.version
    )
    SELECT pg_catalog.json_build_object(
      'purged', (SELECT pg_catalog.count(*) FROM purged),
      'last', (
        SELECT pg_catalog.json_build_object('at', walked.at, 'id', walked.id) FROM walked
        ORDER BY walked.at, walked.id OFFSET $5::bigint - 1 LIMIT 1
      )
    )::text`);
  return async ({ tenant, beforeAt, limit }) => {
    if (!isStorable(tenant) || Number.isNaN(beforeAt)) return { purged: 0, more: false };
    let from: EventPosition | null = BEGINNING;
    while (from !== null) {
      const values: readonly SqlValue[] = [tenant, wholeBound(beforeAt), from.at, from.id, limit];
      const [row]: readonly PurgeRow[] = await database.run(purge, values);
      if (row === undefined) throw new Error("a purge gave no answer");
      if (row.purged > 0) return { purged: row.purged, more: row.last !== null };
      from = row.last;
    }
    return { purged: 0, more: false };
  };
}
