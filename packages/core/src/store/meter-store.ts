import type { Charge, Meter } from "../limits/charge.js";

/** Spend on the meters of one key: all of `charges`, once for each unit of work, or for as many units as fit. */
export interface ChargeRequest {
  readonly tenant: string;
  readonly keyId: string;
  /** 1 to 8, each on a meter of its own. */
  readonly charges: readonly Charge[];
  /** Equal requests that wait together, at least 1. Each spends every charge once. */
  readonly units: number;
}

export interface ChargeResult {
  /** How many of the units fit under every one of the charges: 0 to `units`. A unit that did not fit spent nothing. */
  readonly admitted: number;
  /** The stored meters afterwards, in the order of the charges; null where nothing was ever spent. */
  readonly meters: readonly (Meter | null)[];
  /** The time in microseconds that the `gcra` charges went by: `nowMs` × 1000, or the store's own clock. */
  readonly nowUs: number;
}

export interface MeterStore {
  /**
   * Spends several charges at once. All or nothing over the charges of one request: a unit refused by one meter
   * spends nothing of another. Requests are independent of each other, and may name one key several times. Concurrent
   * calls, over any number of processes, admit together no more than one after the other would. No deadlock reaches
   * the caller.
   *
   * @param requests any number
   * @param nowMs the caller's clock, epoch ms, from which core prepared the charges
   * @returns one result a request, in the order given
   */
  consume(requests: readonly ChargeRequest[], nowMs: number): Promise<readonly ChargeResult[]>;
}
