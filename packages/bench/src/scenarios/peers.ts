import { betterAuthMap, betterAuthMemory } from "../contestants/better-auth.js";
import { claviger } from "../contestants/claviger.js";
import { floor } from "../contestants/floor.js";
import { prefixedApiKey } from "../contestants/prefixed-api-key.js";
import { flexibleMemory } from "../contestants/rate-limiter-flexible.js";
import { oneByOne } from "../measure/one-by-one.js";
import { closeAll, type Lineup, type Scenario, type World } from "../scenario.js";
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

async function open({ scale }: World): Promise<Lineup> {
  const keys = memoryKeys(scale.peerKeys);
  const baseline = floor(keys.tokens(), keys.given);
  const contestants = [
    baseline,
    claviger("claviger", { store: await keys.store(), cache: WARM, usage: false }, keys.given),
    await prefixedApiKey(scale.peerKeys),
    await betterAuthMap(scale.peerKeys),
    await betterAuthMemory(scale.peerKeys),
    claviger(
      "claviger, a rate limit",
      { store: await keys.store([EXACT_LIMIT]), cache: WARM, usage: false },
      keys.given,
    ),
    flexibleMemory(baseline),
  ];
  return {
    entrants: await Promise.all(contestants.map((contestant) => oneByOne(contestant))),
    close: () => closeAll(contestants),
  };
}
