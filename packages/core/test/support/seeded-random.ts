import type { RandomSource } from "../../src/token/random.js";

/** A source of reproducible bytes (mulberry32): uniform enough for a chi-square test, and no use for anything else. */
export function seededRandom(seed: number): RandomSource {
  let state = seed | 0;
  return (count) =>
    Uint8Array.from({ length: count }, () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return (mixed ^ (mixed >>> 14)) >>> 24;
    });
}
