import type { Reading, Stopwatch } from "../elapsed.js";

/** Reads that began within this part of the time that they count for count as begun with the first of them. */
const SHARED_PART = 1 / 100;

/**
 * An earlier reading in the place of one: what is kept since then is stale earlier, never later, and one that much of it
 * shares is at hand, where of a million each would be one more wait for the memory.
 *
 * @param staleMs how long what was read then counts
 */
export function createSharedReadings(
  stopwatch: Pick<Stopwatch, "ageMs">,
  staleMs: number,
): (readAt: Reading) => Reading {
  let shared: Reading | undefined;
  return (readAt) => {
    const isNear = shared !== undefined && stopwatch.ageMs(shared, readAt) < staleMs * SHARED_PART;
    if (shared === undefined || !isNear || readAt.steadyMs < shared.steadyMs || readAt.clockMs < shared.clockMs)
      shared = readAt;
    return shared;
  };
}
