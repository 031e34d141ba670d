import { claviger } from "../contestants/claviger.js";
import { floor } from "../contestants/floor.js";
import { heapBytes } from "../measure/heap-bytes.js";
import { oneByOne } from "../measure/one-by-one.js";
import { closeAll, type Lineup, type Scenario } from "../scenario.js";
import { EXACT_LIMIT } from "../tokens/sample.js";
import { memoryKeys } from "./memory-keys.js";

/** Room for every key, kept as long as can be: what is timed is a warm key. */
export const WARM = { maxStaleMs: 3_600_000, maxEntries: 2_100_000 } as const;

/** Valid tokens whose keys the process has met before; scopes, an IP range, expiry and state are checked. */
export function memoryScenario(keys: number): Scenario {
  return {
    name: `memory-${keys}`,
    title: `In memory, a valid token, ${keys.toLocaleString("en")} keys`,
    against: "floor",
    shows: "time",
    needs: "nothing",
    ...(keys > 100_000 && { isLong: true }),
    open: () => open(keys),
  };
}

async function open(count: number): Promise<Lineup> {
  const keys = memoryKeys(count);
  const before = heapBytes();
  const baseline = floor(keys.tokens(), keys.given);
  const withFloor = heapBytes();
  const store = await keys.store();
  const withStore = heapBytes();
  const contestants = [
    baseline,
    claviger("claviger", { store, cache: WARM, usage: false }, keys.given),
    claviger("claviger, without a cache", { store, usage: false }, keys.given),
    claviger(
      "claviger, a rate limit",
      { store: await keys.store([EXACT_LIMIT]), cache: WARM, usage: false },
      keys.given,
    ),
  ];
  const [, warm] = contestants;
  const beforeWarm = heapBytes();
  for (const token of keys.tokens()) await warm?.verify(token);
  const withWarm = heapBytes();
  for (const contestant of contestants.slice(2)) for (const token of keys.tokens()) await contestant.verify(token);
  return {
    entrants: await Promise.all(contestants.map((contestant) => oneByOne(contestant))),
    facts: [
      { about: "floor, a key in a Map", figure: (withFloor - before) / count, unit: "bytes" },
      {
        about: "claviger, a key and its event in the memory store",
        figure: (withStore - withFloor) / count,
        unit: "bytes",
      },
      {
        about: "claviger, a warm key in the cache beside that",
        figure: (withWarm - beforeWarm) / count,
        unit: "bytes",
      },
    ],
    close: () => closeAll(contestants),
  };
}
