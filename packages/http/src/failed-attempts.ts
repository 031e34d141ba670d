/** How many failed attempts a source has: `limit` at once, and as many again, evenly, in every `perMs`. */
export interface AttemptLimit {
  readonly limit: number;
  readonly perMs: number;
}

/** Counts the failed attempts of each source, in memory. */
export interface FailedAttempts {
  /**
   * Counts one more, unless it is one too many.
   *
   * @param nowMs epoch ms
   * @returns 0, or where it is one too many, after how many ms the next one is not
   */
  count(source: string, nowMs: number): number;
}

/** So many sources are remembered at the most: about 15 MB. */
const MAX_SOURCES = 100_000;

/**
 * Counts by the generic cell rate algorithm, as the rates of keys do: a source's meter is the time at which all that it
 * spent will have been refilled. An attempt that is one too many spends nothing, so waiting helps whatever else is tried.
 *
 * **Bound**: of a limit N, N at once and at most 2N − 1 in any half-open span of `perMs`, by true time as long as the
 * clock is not set forward. A clock that is set back refills nothing, and nobody waits longer than `perMs / N`, whatever
 * it did.
 *
 * **Memory**: two generations of sources, each of half of `maxSources`. An attempt brings its source into the young one;
 * once that is full, the old one is forgotten. So a source is forgotten, and has N once more, only after more than half of
 * `maxSources` others have failed since its last attempt.
 *
 * @param maxSources an even number, at least 2
 */
export function createFailedAttempts({ limit, perMs }: AttemptLimit, maxSources: number = MAX_SOURCES): FailedAttempts {
  // Rounded up, so that rounding admits no more.
  const intervalUs = Math.ceil((perMs * 1000) / limit);
  const burstUs = limit * intervalUs;
  let young = new Map<string, number>();
  let old: ReadonlyMap<string, number> = new Map();

  function remember(source: string, meterUs: number): void {
    if (young.size === maxSources / 2 && !young.has(source)) {
      old = young;
      young = new Map();
    }
    young.set(source, meterUs);
  }

  return {
    count(source, nowMs) {
      const nowUs = nowMs * 1000;
      const ceilingUs = nowUs + burstUs;
      // A meter beyond what can be spent was filled before the clock was set back: it is full, and no fuller.
      const meterUs = Math.min(young.get(source) ?? old.get(source) ?? nowUs, ceilingUs);
      const nextUs = Math.max(meterUs, nowUs) + intervalUs;
      const isOver = nextUs > ceilingUs;
      remember(source, isOver ? meterUs : nextUs);
      return isOver ? Math.ceil((nextUs - ceilingUs) / 1000) : 0;
    },
  };
}
