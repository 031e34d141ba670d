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
