import type { Scale } from "./scenario.js";

const FULL: Scale = {
  storedKeys: 1_000_000,
  peerKeys: 5_000,
  segmentMs: 300,
  rounds: 9,
  roundsNearOne: 31,
  warmUps: 3,
};

/** As many rounds, but shorter ones, over fewer keys. */
const QUICK: Scale = { ...FULL, storedKeys: 100_000, peerKeys: 1_000, segmentMs: 80, warmUps: 2 };

/** Whether everything works at all. */
const SMOKE: Scale = { storedKeys: 20, peerKeys: 5, segmentMs: 5, rounds: 1, roundsNearOne: 1, warmUps: 0 };

export const SCALES: Readonly<Record<"full" | "quick" | "smoke", Scale>> = { full: FULL, quick: QUICK, smoke: SMOKE };
