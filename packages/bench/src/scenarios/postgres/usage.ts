import { claviger } from "../../contestants/claviger.js";
import type { Scenario } from "../../scenario.js";
import { postgresLineup } from "./postgres-lineup.js";

const KEYS = 1_000;

/** Written as often as by default; a quick run is shorter, and so written more often. */
const SEGMENT_MS = 5_000;

/** Counted and written once a segment, which is timed with it. */
export const usage: Scenario = {
  name: "postgres-usage",
  title: `PostgreSQL, no cache, usage counted or not, ${KEYS.toLocaleString("en")} keys, 64 at once`,
  against: "claviger, without usage",
  shows: "throughput",
  needs: "postgres",
  async open(world) {
    const lineup = await postgresLineup(world, { kind: "plain", atMost: KEYS }, 64, ({ store, given }) => [
      claviger("claviger, without usage", { store, usage: false }, given),
      claviger("claviger, usage counted", { store, usage: { flushIntervalMs: 60_000 } }, given),
    ]);
    return { ...lineup, segmentMs: Math.min(SEGMENT_MS, world.scale.segmentMs * 17) };
  },
};
