import type { AuditEvent } from "../event/audit-event.js";
import type { ChainAnchor } from "../event/event-query.js";
import type { KeptHead } from "./seal.js";

/** Clocks differ, and a seal is taken over a while: so much is no proof. */
const TOLERANCE_MS = 86_400_000;

/**
 * Up to which time the purges that a tenant's log tells of may have taken events away. A purge never takes away its own
 * record, and a later one leaves its own.
 *
 * @param events among them all of type `events.purged`
 * @returns epoch ms, exclusive; null: no purge is recorded
 */
export function purgedBefore(events: readonly AuditEvent[]): number | null {
  let latest: number | null = null;
  for (const { type, at, data } of events) {
    if (type !== "events.purged") continue;
    // None takes what is to come; of one whose record was erased nothing more is known.
    const before = typeof data.before === "number" ? Math.min(data.before, at) : at;
    latest = Math.max(latest ?? before, before);
  }
  return latest;
}

/**
 * Whether a purge that is recorded can have ended at an anchor. It cannot, if a seal shows that events up to there came
 * later than any purge went.
 *
 * @param before as `purgedBefore` gives it
 * @param left the events at or before the anchor that are still there
 * @param kept heads of this chain
 */
export function isPurgeRecorded(
  anchor: ChainAnchor,
  before: number | null,
  left: readonly AuditEvent[],
  kept: readonly KeptHead[],
): boolean {
  if (before === null || left.some(({ at }) => at >= before)) return false;
  const earlier = kept.filter(({ version }) => version < anchor.version);
  return earlier.every(({ sealedAt }) => sealedAt === undefined || sealedAt < before + TOLERANCE_MS);
}
