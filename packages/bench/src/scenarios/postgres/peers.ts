import { bareSelect } from "../../contestants/bare-postgres.js";
import { betterAuthPostgres } from "../../contestants/better-auth.js";
import { claviger } from "../../contestants/claviger.js";
import type { Scenario } from "../../scenario.js";
import { postgresLineup } from "./postgres-lineup.js";

/** better-auth's table is as small as in memory; ours and the bare SELECT's is the big one. */
export const postgresPeers: Scenario = {
  name: "peers-postgres",
  title: "PostgreSQL, no cache, beside others, 64 at once",
  against: "bare SELECT",
  shows: "throughput",
  needs: "postgres",
  open: (world) =>
    postgresLineup(world, { kind: "plain" }, 64, async ({ pool, store, given }) => [
      bareSelect(pool, given),
      claviger("claviger", { store, usage: false }, given),
      await betterAuthPostgres(pool, world.scale.peerKeys, true),
      await betterAuthPostgres(pool, world.scale.peerKeys, false),
    ]),
};
