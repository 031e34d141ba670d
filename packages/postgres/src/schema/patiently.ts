import { codeOf } from "../client/fault.js";
import { createJitter } from "../client/jitter.js";
import { sleep } from "../client/sleep.js";

/** SQLSTATE of what waited for a lock for longer than it may. */
export const LOCK_NOT_AVAILABLE = "55P03";

const PATIENCE_MS = 10_000;
const PAUSE_MS = 500;

/** How time is told, and passes. */
interface Time {
  /** Of any epoch, but never backwards. */
  readonly nowMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

const PROCESS_TIME: Time = { nowMs: () => performance.now(), pause: sleep };

/**
 * Does an act again while it fails for want of a lock, after half a second, give or take half, until ten seconds have
 * passed. Whoever waits for a table has everybody who comes later wait behind him: in the pauses they go through.
 */
export async function patiently<T>(act: () => Promise<T>, { nowMs, pause }: Time = PROCESS_TIME): Promise<T> {
  const jitter = createJitter();
  const endsAtMs = nowMs() + PATIENCE_MS;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (codeOf(error) !== LOCK_NOT_AVAILABLE || nowMs() >= endsAtMs) throw error;
    }
    await pause(PAUSE_MS * jitter());
  }
}
