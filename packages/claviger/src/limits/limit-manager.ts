import type { LimitState, Verdict } from "@claviger/core";

export interface RefundResult {
  /** `false`: the verify spent nothing, since there was no limit, or it was taken back before. */
  readonly refunded: boolean;
}

/** What is spent of limits. All reject with a `ClavigerError`: `invalid_input`, `store_unavailable`, and what they name besides. */
export interface LimitManager {
  /**
   * What is left of a key's limits, and of those that it shares, as a verdict would tell it now. Spends nothing, and
   * costs a verify's reads.
   *
   * @throws `not_found`
   */
  peek(keyId: string): Promise<readonly LimitState[]>;

  /**
   * Takes back what a verify has spent, where the work that it admitted failed: once, however often it is asked for. What
   * was spent in a window that is over stays spent. After `store_unavailable` it may have been taken back or not, and is
   * not tried again: a refund that came twice would admit more than the limit.
   *
   * @param verdict an accepted one, the very object that this keyring's `verify` gave; of a key of any tenant on the bare
   *   keyring, else of this tenant's
   * @throws `invalid_input` anything else
   */
  refund(verdict: Verdict): Promise<RefundResult>;
}
