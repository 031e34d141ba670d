import { bareSelectThenUpdate, bareUpdate } from "../../contestants/bare-postgres.js";
import { claviger } from "../../contestants/claviger.js";
import { flexiblePostgres } from "../../contestants/rate-limiter-flexible.js";
import type { Scenario } from "../../scenario.js";
import { WARM } from "../memory.js";
import { postgresLineup } from "./postgres-lineup.js";

const SOME_KEYS = 500;

/** The key is read and charged, each time. */
export const limitedAlone: Scenario = {
  name: "postgres-limited-1",
  title: "PostgreSQL, one exact limit, no cache, one at a time",
  against: "bare SELECT, then bare UPDATE",
  shows: "throughput",
  needs: "postgres",
  open: (world) =>
    postgresLineup(world, { kind: "limited" }, 1, ({ pool, store, given }) => [
      bareSelectThenUpdate(pool, given),
      claviger("claviger", { store, usage: false }, given),
    ]),
};

/** Beside an UPDATE alone, which does not know whose key it is. */
export const limitedSome: Scenario = besideUpdate(
  `postgres-limited-64`,
  `PostgreSQL, one exact limit, ${SOME_KEYS} keys, 64 at once`,
  SOME_KEYS,
);

/** Beside requests that queue for the lock of one row. */
export const limitedHot: Scenario = besideUpdate(
  "postgres-hot-64",
  "PostgreSQL, one exact limit, one hot key, 64 at once",
  1,
);

function besideUpdate(name: string, title: string, keys: number): Scenario {
  return {
    name,
    title,
    against: "bare UPDATE",
    shows: "throughput",
    needs: "postgres",
    open: (world) =>
      postgresLineup(world, { kind: "limited", atMost: keys }, 64, async ({ pool, store, given }) => [
        bareUpdate(pool, given),
        claviger("claviger", { store, usage: false }, given),
        claviger("claviger, keys in a cache", { store, usage: false, cache: WARM }, given),
        await flexiblePostgres(pool, given),
      ]),
  };
}
