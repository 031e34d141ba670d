import type { KeyRecord } from "../key/key-record.js";
import type { ListedStatus } from "../key/key-state.js";
import { unreachable } from "../value/unreachable.js";

/** The part of a key that its status depends on. */
export type Dated = Pick<KeyRecord, "state" | "expiresAt" | "notBefore">;

/**
 * A key's status at a time: its state, or what the clock makes of it. Pending before `notBefore`; expired at and after
 * `expiresAt`. A stored time that is no number is in the past as an expiry and in the future as a beginning, so it
 * fails closed.
 */
export function statusAt(key: Dated, nowMs: number): ListedStatus {
  switch (key.state) {
    case "revoked":
    case "compromised":
      return key.state;
    case "disabled":
      return isPast(key.expiresAt, nowMs) ? "expired" : "disabled";
    case "active":
      if (isPast(key.expiresAt, nowMs)) return "expired";
      return isAhead(key.notBefore, nowMs) ? "pending" : "active";
    default:
      return unreachable(key.state);
  }
}

// Written as negations: every comparison with NaN is false.
function isPast(expiresAt: number | null, nowMs: number): boolean {
  return expiresAt !== null && !(nowMs < expiresAt);
}

function isAhead(notBefore: number | null, nowMs: number): boolean {
  return notBefore !== null && !(nowMs >= notBefore);
}
