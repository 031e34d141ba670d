import { betterAuthMap, betterAuthMemory } from "../contestants/better-auth.js";
import { claviger } from "../contestants/claviger.js";
import { floor } from "../contestants/floor.js";
import { prefixedApiKey } from "../contestants/prefixed-api-key.js";
import { flexibleMemory } from "../contestants/rate-limiter-flexible.js";
import { weigh } from "../measure/heap-bytes.js";
import { oneByOne } from "../measure/one-by-one.js";
import { closeAll, type Fact, type Lineup, type Scenario, type World } from "../scenario.js";
import { EXACT_LIMIT } from "../tokens/sample.js";
import { WARM } from "./memory.js";
import { memoryKeys } from "./memory-keys.js";

/** So few keys, since better-auth takes long to make one, and its memory adapter long to find one among many. */
export const peers: Scenario = {
  name: "peers-memory",
  title: "In memory, a valid token, beside others, few keys",
  against: "floor",
  shows: "time",
  needs: "nothing",
  open,
};

async function open({ scale: { peerKeys } }: World): Promise<Lineup> {
  const keys = memoryKeys(peerKeys);
  const baseline = floor(keys.tokens(), keys.given);
  const stored = await keyed("claviger, a key and its event in the memory store", peerKeys, (count) =>
    memoryKeys(count).store(),
  );
  const prefixed = await keyed("prefixed-api-key, a hash in a Map", peerKeys, prefixedApiKey);
  const inMap = await keyed("better-auth, a key in a Map", peerKeys, betterAuthMap);
  const inAdapter = await keyed("better-auth, a key in its memory adapter", peerKeys, betterAuthMemory);
  const contestants = [
    baseline,
    claviger("claviger", { store: stored.made, cache: WARM, usage: false }, keys.given),
    prefixed.made,
    inMap.made,
    inAdapter.made,
    claviger(
      "claviger, a rate limit",
      { store: await keys.store([EXACT_LIMIT]), cache: WARM, usage: false },
      keys.given,
    ),
    flexibleMemory(baseline),
  ];
  return {
    entrants: await Promise.all(contestants.map((contestant) => oneByOne(contestant))),
    facts: [stored, prefixed, inMap, inAdapter].map(({ fact }) => fact),
    close: () => closeAll(contestants),
  };
}

/** Makes a contestant, and says what a key of it takes. What it needs anyhow is told by another one, which has one key only. */
async function keyed<Made>(
  about: string,
  count: number,
  make: (count: number) => Promise<Made>,
): Promise<{ readonly made: Made; readonly fact: Fact }> {
  // What the first one of all sets up stays, and is no key's.
  await make(1);
  const few = await weigh(() => make(1));
  const all = await weigh(() => make(count));
  return { made: all.made, fact: { about, figure: (all.bytes - few.bytes) / (count - 1), unit: "bytes" } };
}
