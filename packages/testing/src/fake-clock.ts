/** A clock that stands still until told otherwise. Epoch ms. */
export interface FakeClock {
  readonly now: () => number;
  advance(ms: number): void;
  set(nowMs: number): void;
}

/** @param startMs midsummer 2026 unless given */
export function fakeClock(startMs: number = Date.UTC(2026, 5, 21, 12)): FakeClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
    set: (ms) => {
      nowMs = ms;
    },
  };
}
