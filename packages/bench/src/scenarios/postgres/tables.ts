import type { LimitInput } from "@claviger/core";
import { migrate, postgresStore } from "@claviger/postgres";
import { createKeyring } from "claviger";
import type pg from "pg";
import { type MadeUp, madeUpTokens, PREFIX } from "../../tokens/made-up.js";
import {
  CLIENT_ADDRESS,
  copyOf,
  digestOf,
  EXACT_LIMIT,
  PEPPERS,
  SCOPES,
  sampleInsertion,
} from "../../tokens/sample.js";

const STEP = 5_000;

/** Owners of all keys: few, since gates are read once an owner and 5 s, and what is timed is the key's own read. */
const OWNERS = 100;

/** Keys without limits. */
export const PLAIN_SEED = 1;
/** Keys with one exact limit, each with a counter for the bare UPDATE. */
export const LIMITED_SEED = 2;
const MAX_LIMITED_KEYS = 10_000;

export function limitedKeys(storedKeys: number): number {
  return Math.min(storedKeys, MAX_LIMITED_KEYS);
}

/**
 * Fills the tables, unless another scenario of the run has: the first row by the store itself, the rest as copies of it
 * with ids and digests of their own.
 */
export async function fillTables(pool: pg.Pool, storedKeys: number): Promise<void> {
  const filled = await pool.query("SELECT to_regclass('bench.counters') AS counters");
  if (filled.rows[0]?.counters !== null) return;
  await migrate(pool);
  await fillKeys(pool, storedKeys, PLAIN_SEED, []);
  const limited = limitedKeys(storedKeys);
  await fillKeys(pool, limited, LIMITED_SEED, [EXACT_LIMIT]);
  await pool.query("VACUUM ANALYZE claviger.keys");
  await pool.query("CREATE SCHEMA bench");
  await pool.query(
    "CREATE TABLE bench.counters (key_id text PRIMARY KEY, used bigint NOT NULL) WITH (fillfactor = 50)",
  );
  const ids = [...madeUpTokens(limited, LIMITED_SEED)].map(({ id }) => id);
  await pool.query("INSERT INTO bench.counters SELECT id, 0 FROM unnest($1::text[]) AS id", [ids]);
  await pool.query("VACUUM ANALYZE bench.counters");
  await chargeAll(pool, limited);
}

/** Once each: as every counter is there, so is every meter. */
async function chargeAll(pool: pg.Pool, count: number): Promise<void> {
  const store = postgresStore({ client: pool });
  const keyring = createKeyring({ store, prefix: PREFIX, peppers: PEPPERS, scopes: SCOPES, usage: false });
  let step: string[] = [];
  const verifyStep = async (): Promise<void> => {
    const verdicts = await Promise.all(step.map((token) => keyring.verify(token, { ip: CLIENT_ADDRESS })));
    if (!verdicts.every(({ ok }) => ok)) throw new Error("a key with a limit was refused");
    step = [];
  };
  for (const { token } of madeUpTokens(count, LIMITED_SEED)) {
    step.push(token);
    if (step.length === STEP) await verifyStep();
  }
  await verifyStep();
  await keyring.close();
  await pool.query("VACUUM ANALYZE claviger.meters");
}

async function fillKeys(pool: pg.Pool, count: number, seed: number, limits: readonly LimitInput[]): Promise<void> {
  const store = postgresStore({ client: pool });
  const [first] = [...madeUpTokens(1, seed)];
  if (first === undefined) throw new Error("no token was made");
  const [key, cap, event] = copyOf(await sampleInsertion(limits), first, "user_0", 0);
  await store.insert(key, cap, event);
  await store.close();
  let step: MadeUp[] = [];
  for (const madeUp of madeUpTokens(count, seed)) {
    if (madeUp.id !== first.id) step.push(madeUp);
    if (step.length < STEP) continue;
    await copyRows(pool, first.id, step);
    step = [];
  }
  await copyRows(pool, first.id, step);
}

/** Of all columns, whatever the store has added to them. */
async function copyRows(pool: pg.Pool, of: string, madeUp: readonly MadeUp[]): Promise<void> {
  await pool.query(
    `INSERT INTO claviger.keys
      SELECT (jsonb_populate_record(k, jsonb_build_object('id', n.id, 'digest_hex', n.hex, 'owner', n.owner))).*
      FROM claviger.keys k, unnest($2::text[], $3::text[], $4::text[]) AS n (id, hex, owner)
      WHERE k.id = $1`,
    [
      of,
      madeUp.map(({ id }) => id),
      madeUp.map(({ token }) => digestOf(token)),
      madeUp.map((_, index) => `user_${index % OWNERS}`),
    ],
  );
}
