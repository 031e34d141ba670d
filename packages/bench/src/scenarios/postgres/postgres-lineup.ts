import type { Store } from "@claviger/core";
import { postgresStore } from "@claviger/postgres";
import pg from "pg";
import type { Contestant, Given } from "../../contestant.js";
import { sideBySide } from "../../measure/side-by-side.js";
import { closeAll, type Lineup, type World } from "../../scenario.js";
import { madeUpTokens } from "../../tokens/made-up.js";
import { tokenBook } from "../../tokens/token-book.js";
import { givenOf, textsOf } from "../memory-keys.js";
import { fillTables, LIMITED_SEED, limitedKeys, PLAIN_SEED } from "./tables.js";

const CONNECTIONS = 20;
const PROVED = 10;

/**
 * By so much longer than the scale's: so long it takes until code is compiled that runs once a batch, and the server's processes know the
 * pages of the tables, as in a service that has run for hours.
 */
const SEGMENT_FACTOR = 3;

/** What contestants on PostgreSQL share. */
export interface PostgresShare {
  readonly pool: pg.Pool;
  readonly store: Store;
  readonly given: Given;
}

/** Which keys are asked for. */
export interface Asked {
  readonly kind: "plain" | "limited";
  /** All that there are unless given. */
  readonly atMost?: number;
}

/** Fills the tables and opens a pool of 20 connections, which all contestants share: only one works at a time. */
export async function postgresLineup(
  { postgresUrl, scale }: World,
  { kind, atMost = Number.POSITIVE_INFINITY }: Asked,
  callers: number,
  open: (share: PostgresShare) => readonly Contestant[] | Promise<readonly Contestant[]>,
): Promise<Lineup> {
  const pool = new pg.Pool({ connectionString: postgresUrl, max: CONNECTIONS });
  const contestants: Contestant[] = [];
  const close = (): Promise<void> => closeAll([{ close: () => pool.end() }, ...contestants]);
  try {
    await fillTables(pool, scale.storedKeys);
    const [stored, seed] =
      kind === "plain" ? [scale.storedKeys, PLAIN_SEED] : [limitedKeys(scale.storedKeys), LIMITED_SEED];
    const count = Math.min(stored, atMost);
    const given = givenOf(
      [...madeUpTokens(Math.min(count, PROVED), seed)],
      tokenBook(textsOf(madeUpTokens(count, seed))),
    );
    contestants.push(...(await open({ pool, store: postgresStore({ client: pool }), given })));
    const entrants = await Promise.all(contestants.map((contestant) => sideBySide(contestant, callers)));
    return { entrants, segmentMs: scale.segmentMs * SEGMENT_FACTOR, close };
  } catch (error) {
    await close();
    throw error;
  }
}
