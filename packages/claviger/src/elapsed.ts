/** A moment of this process, to measure an age from. Worth nothing in another process. A class: see `plainMaker` of core. */
export class Reading {
  readonly clockMs: number;
  readonly steadyMs: number;
  /** One more whenever the steady clock was seen to step back. */
  readonly era: number;

  constructor(clockMs: number, steadyMs: number, era: number) {
    this.clockMs = clockMs;
    this.steadyMs = steadyMs;
    this.era = era;
  }
}

/** A reading that is as old as the older of two, by whichever clock. */
export function earlierOf(one: Reading, other: Reading): Reading {
  return new Reading(
    Math.min(one.clockMs, other.clockMs),
    Math.min(one.steadyMs, other.steadyMs),
    Math.min(one.era, other.era),
  );
}

/** Measures ages so that no clock can make them shorter than they are. */
export interface Stopwatch {
  read(): Reading;
  /** How old `since` is at `now`: ms; infinite where the clock has stepped back in between, so that what is older than can be told is too old. */
  ageMs(since: Reading, now: Reading): number;
}

/**
 * On the platform's clocks the greater of two ages counts: `Date.now` may be set back by a correction, and
 * `performance.now` may stand still while the machine is suspended. A clock that was given is the only one that counts,
 * and what it gave before a step back that `read` could see is too old.
 *
 * @param clock epoch ms; the platform's where it is `undefined` or `Date.now` itself
 */
export function createStopwatch(clock?: () => number): Stopwatch {
  const clockNow = clock ?? Date.now;
  const ofPlatform = clockNow === Date.now;
  let lastMs = Number.NEGATIVE_INFINITY;
  let era = 0;
  return {
    read() {
      const clockMs = clockNow();
      const steadyMs = ofPlatform ? performance.now() : clockMs;
      // Not "is less": what is no number is no step forward either, nor is whatever comes after it.
      if (!(steadyMs >= lastMs)) era += 1;
      lastMs = steadyMs;
      return new Reading(clockMs, steadyMs, era);
    },
    ageMs(since, now) {
      if (since.era !== now.era) return Number.POSITIVE_INFINITY;
      return Math.max(now.clockMs - since.clockMs, now.steadyMs - since.steadyMs);
    },
  };
}
