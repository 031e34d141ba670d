import type { CheckedRequest, DenialCode, UsedKeyRecord } from "@claviger/core";

/** Gathers in memory what verifies did with keys, and writes it in batches: no verify waits for it. */
export interface UsageTracker {
  /**
   * Notes what came of a verify whose secret matched. Ignored once the tracker is closed.
   *
   * @param matched which of the key's secrets was presented
   * @param nowMs epoch ms
   */
  note(
    key: UsedKeyRecord,
    matched: "current" | "previous",
    request: CheckedRequest,
    outcome: "accepted" | DenialCode,
    nowMs: number,
  ): void;
  /**
   * Writes all that was noted before the call.
   *
   * @throws ClavigerError `store_unavailable`: it is kept, and written by the next flush
   */
  flush(): Promise<void>;
  /**
   * Writes all that was noted before the call, and stops the timer.
   *
   * @throws ClavigerError `store_unavailable`: it is lost
   */
  close(): Promise<void>;
}

/** Where keys' use is not tracked. */
export const noUsageTracker: UsageTracker = {
  note: () => undefined,
  flush: async () => undefined,
  close: async () => undefined,
};
