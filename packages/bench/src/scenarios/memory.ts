import type { Contestant } from "../contestant.js";
import { claviger } from "../contestants/claviger.js";
import { floor } from "../contestants/floor.js";
import { heapBytes } from "../measure/heap-bytes.js";
import { oneByOne } from "../measure/one-by-one.js";
import { closeAll, type Fact, type Lineup, type Scenario } from "../scenario.js";
import { EXACT_LIMIT } from "../tokens/sample.js";
import { type MemoryKeys, memoryKeys } from "./memory-keys.js";

/** Room for every key, kept as long as can be: what is timed is a warm key. */
export const WARM = { maxStaleMs: 3_600_000, maxEntries: 2_100_000 } as const;

const NOTHING_ELSE = { needs: "nothing", against: "floor", shows: "time" } as const;

/** Valid tokens whose keys the process has met before; scopes, an IP range, expiry and state are checked. */
export function memoryScenario(keys: number): Scenario {
  return {
    ...NOTHING_ELSE,
    name: `memory-${keys}`,
    title: `In memory, a valid token, ${keys.toLocaleString("en")} keys`,
    ...isLongWith(keys),
    open: () => open(keys),
  };
}

/** The same of keys that have a rate limit. By itself, since a service has one store in its heap, not two. */
export function limitedMemoryScenario(keys: number): Scenario {
  return {
    ...NOTHING_ELSE,
    name: `memory-${keys}-limited`,
    title: `In memory, a valid token, ${keys.toLocaleString("en")} keys with a rate limit`,
    ...isLongWith(keys),
    open: () => openLimited(keys),
  };
}

function isLongWith(keys: number): Pick<Scenario, "isLong"> {
  return keys > 100_000 ? { isLong: true } : {};
}

async function open(count: number): Promise<Lineup> {
  const keys = memoryKeys(count);
  const before = heapBytes();
  const baseline = floor(keys.tokens(), keys.given);
  const withFloor = heapBytes();
  const store = await keys.store();
  const withStore = heapBytes();
  const warm = claviger("claviger", { store, cache: WARM, usage: false }, keys.given);
  await verifyAll(warm, keys);
  const withWarm = heapBytes();
  const cold = claviger("claviger, without a cache", { store, usage: false }, keys.given);
  await verifyAll(cold, keys);
  const bytesOf = (about: string, figure: number): Fact => ({ about, figure: figure / count, unit: "bytes" });
  return {
    ...(await lineupOf(baseline, warm, cold)),
    facts: [
      bytesOf("floor, a key in a Map", withFloor - before),
      bytesOf("claviger, a key and its event in the memory store", withStore - withFloor),
      bytesOf("claviger, a warm key in the cache beside that", withWarm - withStore),
    ],
  };
}

async function openLimited(count: number): Promise<Lineup> {
  const keys = memoryKeys(count);
  const baseline = floor(keys.tokens(), keys.given);
  const store = await keys.store([EXACT_LIMIT]);
  const limited = claviger("claviger, a rate limit", { store, cache: WARM, usage: false }, keys.given);
  await verifyAll(limited, keys);
  return lineupOf(baseline, limited);
}

async function verifyAll({ verify }: Contestant, { tokens }: MemoryKeys): Promise<void> {
  for (const token of tokens()) await verify(token);
}

async function lineupOf(...contestants: readonly Contestant[]): Promise<Lineup> {
  return {
    entrants: await Promise.all(contestants.map((contestant) => oneByOne(contestant))),
    close: () => closeAll(contestants),
  };
}
