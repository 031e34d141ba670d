/** What waiting depends on; tests give their own, and wait for nothing. */
export interface Waiting {
  readonly pause: (ms: number) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

export const REAL_WAITING: Waiting = {
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
};

const FIRST_MS = 10;
const LONGEST_MS = 1_000;
/** What one operation waits in all, before its trouble is the caller's. */
const BUDGET_MS = 5_000;

/**
 * Pauses of one operation that has to be tried again: each up to twice as long as the last, with jitter, so that those
 * who were refused together come back apart.
 *
 * @returns false where the time for waiting is used up, and nothing was waited for
 */
export function createBackoff({ pause, random }: Waiting): () => Promise<boolean> {
  let stepMs = FIRST_MS;
  let leftMs = BUDGET_MS;
  return async () => {
    // Never less than half a step: else the time would not run out.
    const waitMs = stepMs * (0.5 + random() / 2);
    if (waitMs > leftMs) return false;
    leftMs -= waitMs;
    stepMs = Math.min(2 * stepMs, LONGEST_MS);
    await pause(waitMs);
    return true;
  };
}

/** About what a read and a write take. */
const TURN_MS = 10;
/** Less than a call may take in all: others wait for its answer who have nothing to do with this. */
const TURNS_BUDGET_MS = 2_500;

/**
 * Pauses of one of several who all write to one item: as long as each of them needs for a turn, with jitter. Who has just had
 * his turn takes one, too; else he would come before all others again and again, since he alone knows what is there.
 *
 * @returns false where the time for waiting is used up, and nothing was waited for
 */
export function createTurns({ pause, random }: Waiting): (others: number) => Promise<boolean> {
  let leftMs = TURNS_BUDGET_MS;
  return async (others) => {
    const waitMs = (others + 1) * TURN_MS * (0.5 + random() / 2);
    if (waitMs > leftMs) return false;
    leftMs -= waitMs;
    await pause(waitMs);
    return true;
  };
}
