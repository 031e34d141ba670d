/** So long at most does a read that hangs hold up those who come after it. */
const MAX_JOINED_MS = 3_000;

/** Until which age a read under way may be joined by whoever may rely on what is `staleMs` old: ms. */
export function joinableMs(staleMs: number): number {
  return Math.min(staleMs, MAX_JOINED_MS);
}
