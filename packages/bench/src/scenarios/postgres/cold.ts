import { bareSelect } from "../../contestants/bare-postgres.js";
import { claviger } from "../../contestants/claviger.js";
import type { Scenario } from "../../scenario.js";
import { postgresLineup } from "./postgres-lineup.js";

/** No cache: every verify reads its key. */
export function coldScenario(callers: number): Scenario {
  return {
    name: `postgres-cold-${callers}`,
    title: `PostgreSQL, cold keys, no cache, ${callers} at once`,
    against: "bare SELECT",
    shows: "throughput",
    needs: "postgres",
    open: (world) =>
      postgresLineup(world, { kind: "plain" }, callers, ({ pool, store, given }) => [
        bareSelect(pool, given),
        claviger("claviger", { store, usage: false }, given),
      ]),
  };
}
