import { codeOf } from "./fault.js";
import { createJitter } from "./jitter.js";
import { sleep } from "./sleep.js";

/** SQLSTATEs of a transaction that PostgreSQL gave up for another's sake: nothing of it happened. */
export const GIVEN_UP: readonly string[] = ["40001", "40P01"];
const MAX_ATTEMPTS = 10;
const FIRST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 500;

/**
 * Does an act again while it fails with one of these SQLSTATEs, up to ten times in all. The pauses double, up to half a
 * second, give or take half: of many that fight for one row, where a default isolation above READ COMMITTED lets one
 * through and gives the others up, ever fewer come at once.
 */
export function createRetry(
  codes: readonly string[],
  pause: (ms: number) => Promise<void> = sleep,
): <T>(act: () => Promise<T>) => Promise<T> {
  const jitter = createJitter();

  async function again<T>(act: () => Promise<T>, failure: unknown): Promise<T> {
    let error = failure;
    for (let attempt = 1; attempt < MAX_ATTEMPTS && codes.includes(codeOf(error) ?? ""); attempt += 1) {
      await pause(Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS) * jitter());
      try {
        return await act();
      } catch (next) {
        error = next;
      }
    }
    throw error;
  }

  return (act) => act().catch((error: unknown) => again(act, error));
}
