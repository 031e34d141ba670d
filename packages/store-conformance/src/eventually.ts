import { setTimeout as pause } from "node:timers/promises";
import { type Store, unreachable } from "@claviger/core";

const PATIENCE_MS = 30_000;
const LONGEST_PAUSE_MS = 200;

/** Checks what lists show: at once where they are current; where they lag, once the index has caught up. */
export function listed<T>(store: Store, check: () => Promise<T>): Promise<T> {
  const { lists } = store.capabilities;
  switch (lists) {
    case "current":
      return check();
    case "lagging":
      return eventually(check);
    default:
      return unreachable(lists);
  }
}

/**
 * Checks again and again until the check passes.
 *
 * @param patienceMs after which the check's last failure is the outcome; 30 s unless given
 */
export async function eventually<T>(check: () => Promise<T>, patienceMs: number = PATIENCE_MS): Promise<T> {
  const endsMs = performance.now() + patienceMs;
  for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > endsMs) throw error;
    }
    await pause(pauseMs);
  }
}
