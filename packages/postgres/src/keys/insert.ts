import type { ChangeEvent, InsertResult, KeyRecord, KeyStore, OwnerCap } from "@claviger/core";
import { againIfBeaten } from "../again-if-beaten.js";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import { columnList, columnsOf, rowFrom } from "../columns.js";
import { EVENT_COLUMNS, toEventRow } from "../events/event-row.js";
import type { Tables } from "../schema/tables.js";
import { toKeyRow, WRITTEN_COLUMNS } from "./key-row.js";
import { prepareWeed } from "./weed.js";

const MAX_ATTEMPTS = 5;

/**
 * One statement takes a place in the owner's row, and only with it writes key and event. Locking the owner and counting
 * his keys in one statement would not do: the count is older than the lock.
 */
export function prepareInsert(database: Database, tables: Tables): KeyStore["insert"] {
  const insertKey = statement<InsertResult["outcome"]>(`
    WITH entry AS MATERIALIZED (
      SELECT * FROM ${rowFrom("$1", "k", WRITTEN_COLUMNS)}
    ), place AS (
      INSERT INTO ${tables.owners} AS o (tenant, owner, live)
      SELECT entry.tenant, entry.owner, ARRAY[entry.id] FROM entry
      WHERE $3::bigint > 0 AND NOT EXISTS (SELECT FROM ${tables.keys} k WHERE k.id = entry.id)
      ON CONFLICT (tenant, owner) DO UPDATE SET live = o.live OPERATOR(pg_catalog.||) excluded.live
        WHERE pg_catalog.cardinality(o.live) < $3::bigint
      RETURNING o.owner
    ), added AS (
      INSERT INTO ${tables.keys} (${columnList(WRITTEN_COLUMNS)})
      SELECT ${columnsOf("entry", WRITTEN_COLUMNS)} FROM entry, place
      RETURNING id
    ), logged AS (
      INSERT INTO ${tables.events} (${columnList(EVENT_COLUMNS)})
      SELECT ${columnsOf("e", EVENT_COLUMNS)} FROM ${rowFrom("$2", "e", EVENT_COLUMNS)}, added
    )
    SELECT pg_catalog.to_json(CASE
      WHEN EXISTS (SELECT FROM added) THEN 'inserted'
      WHEN EXISTS (SELECT FROM ${tables.events} e WHERE e.id = entry.event_id AND e.key_id = entry.id) THEN 'inserted'
      WHEN EXISTS (SELECT FROM ${tables.keys} k WHERE k.id = entry.id) THEN 'duplicate'
      ELSE 'limit_reached'
    END)::text FROM entry`);
  const weed = prepareWeed(database, tables);

  async function insertOnce(
    key: KeyRecord,
    { maxLive }: OwnerCap,
    event: ChangeEvent,
  ): Promise<InsertResult["outcome"]> {
    const values = [JSON.stringify(toKeyRow(key, event.id)), JSON.stringify(toEventRow(event)), maxLive];
    const [outcome] = await database.run(insertKey, values);
    if (outcome === undefined) throw new Error("an insert of a key gave no outcome");
    return outcome;
  }

  return async (key, cap, event) => {
    let outcome = await againIfBeaten(() => insertOnce(key, cap, event));
    for (let attempt = 2; outcome === "limit_reached" && attempt <= MAX_ATTEMPTS; attempt += 1) {
      const freed = await weed(key, cap.nowMs);
      // Even if nothing was freed: another call may have weeded meanwhile, or have been a repetition of this one.
      outcome = await againIfBeaten(() => insertOnce(key, cap, event));
      if (freed === 0) break;
    }
    return { outcome };
  };
}
