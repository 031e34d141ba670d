import type { KeyUsage, UsageQuery, UsageRecord } from "../usage/usage.js";

export interface UsageStore {
  /**
   * Merges what a process has seen of its keys' use, as core's `mergeUsage` does: times only move outwards, counts add
   * up, so that no order of arrival matters. Touches nothing else of a key: not its state, version, scopes or expiry.
   * What names no key of its tenant, or a deleted one, is dropped, and so is what `mergeUsage` leaves out. One key may
   * be named several times. A fault may leave a part merged, and whoever repeats the batch counts that again: at least
   * once.
   */
  recordUsage(batch: readonly UsageRecord[]): Promise<void>;

  /** @returns one entry a key, in the order asked; an unused, missing or deleted key has an empty one */
  usage(query: UsageQuery): Promise<readonly KeyUsage[]>;
}
