/** So many calls of one kind are under way at most: some that hang leave the others a way. */
export const LANES = 4;
/** So many go together at most. */
export const MAX_BATCH = 100;

/**
 * Of so many calls it matters more how few statements they take than how soon each leaves. Two lanes then: the database
 * works on one portion while this process works on the answers to the other.
 */
const MANY = 16;
const BUSY_LANES = 2;

/** What is under way. */
export interface Load {
  /** In batches that are not overdue. */
  readonly calls: number;
  /** Batches that are not overdue. */
  readonly brisk: number;
  /** All of them. */
  readonly batches: number;
}

/** Whether another batch may leave. */
export function hasFreeLane({ calls, brisk, batches }: Load): boolean {
  return batches < LANES && (calls < MANY || brisk < BUSY_LANES);
}

/** How many of those that wait go together: of many each of the two lanes gets its half. */
export function portionOf(waiting: number, { calls }: Load): number {
  const all = waiting + calls;
  return all < MANY ? MAX_BATCH : Math.min(MAX_BATCH, Math.ceil(all / BUSY_LANES));
}
