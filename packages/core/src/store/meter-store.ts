import type { UsedKeyRecord } from "../key/key-record.js";
import type { Charge, Meter, Refund } from "../limits/charge.js";
import type { KeyStore } from "./key-store.js";

/** Charges on meters that a key shares with others: its owner's, and its tenant's. */
export interface SharedCharges {
  readonly owner: string;
  /** Each on a meter of its own among the owner's. */
  readonly ofOwner: readonly Charge[];
  /** Each on a meter of its own among the tenant's. */
  readonly ofTenant: readonly Charge[];
}

/** Spend on the meters of one key: all of its charges, once for each unit of work, or for as many units as fit. */
export interface ChargeRequest {
  readonly tenant: string;
  readonly keyId: string;
  /** Up to 8, each on a meter of its own. None only where some are `shared`. */
  readonly charges: readonly Charge[];
  /** Only where `capabilities.sharedMeters`. Absent: none. */
  readonly shared?: SharedCharges;
  /** Equal requests that wait together. Each spends every charge once. 0: nothing is spent or written, the meters are only told. */
  readonly units: number;
}

export interface ChargeResult {
  /** How many of the units fit under every one of the charges: 0 to `units`. A unit that did not fit spent nothing. */
  readonly admitted: number;
  /** The stored meters afterwards, in the order of `charges`, `ofOwner`, `ofTenant`; null where nothing was ever spent. */
  readonly meters: readonly (Meter | null)[];
  /** The time in microseconds that the `gcra` charges went by: `nowMs` × 1000, or the store's own clock. */
  readonly nowUs: number;
}

/** Spend on the meters of one key as it was found before. */
export interface FoundCharge extends ChargeRequest {
  /** What `find` of this store has given for `keyId`: that very object, which may be frozen by now. */
  readonly asFound: UsedKeyRecord;
  /** On the key's own meters only. */
  readonly shared?: never;
}

/** Spend to be taken back, after the work that it was for has failed. */
export interface RefundRequest {
  readonly tenant: string;
  readonly keyId: string;
  /** On the key's meters. */
  readonly refunds: readonly Refund[];
  readonly shared?: {
    readonly owner: string;
    readonly ofOwner: readonly Refund[];
    readonly ofTenant: readonly Refund[];
  };
}

/** What came of a charge that was made at once. */
export interface ChargeAtOnce extends ChargeResult {
  /** By which the store finds the meters of that key without a look-up, if it is given it again. Nothing to look into. */
  readonly handle?: object | undefined;
}

/** A charge that finds out in the same statement whether its key is as it was when somebody decided about it. */
export interface ConsumeIfUnchanged {
  /**
   * As `consume`, but that of a key that is not stored as it was found nothing is spent: whatever changed of it, and whoever
   * changed it, by hand as well. What was stored before the call began counts.
   *
   * @param requests each for at least one charge and one unit
   * @returns one result a request, in the order given; null: nothing was spent, and `find` and `consume` are to be asked.
   *   Of an unchanged key it may say so where nothing was spent on it before
   * @throws PartialFault as `consume` does
   */
  (requests: readonly FoundCharge[], nowMs: number): Promise<readonly (ChargeResult | null)[]>;

  /** The one that found the keys: where another stands in its place, that one has a say, and is to be asked each time. */
  readonly find: KeyStore["find"];
}

export interface Consume {
  /**
   * Spends several charges at once. All or nothing over the charges of one request: a unit refused by one meter
   * spends nothing of another. Requests are independent of each other, and may name one key several times. Concurrent
   * calls, over any number of processes, admit together no more than one after the other would. No deadlock reaches
   * the caller.
   *
   * @param requests any number
   * @param nowMs the caller's clock, epoch ms, from which core prepared the charges
   * @returns one result a request, in the order given
   * @throws PartialFault where some requests were answered and others failed: who waits for one is not to suffer for another
   */
  (requests: readonly ChargeRequest[], nowMs: number): Promise<readonly ChargeResult[]>;

  /**
   * The same for one request, by a store that waits for nothing: one in the process itself, for which promises would take
   * longer than the charge. Absent: it waits. The function's own, by `withAtOnce`: who puts another in its place replaces both.
   *
   * @param handle of an earlier charge of the same key in the same store, however long ago. Absent: it looks the meters up
   */
  readonly atOnce?: (request: ChargeRequest, nowMs: number, handle?: unknown) => ChargeAtOnce;

  /**
   * What spares a verify of a key that was found before the round trip that would find it anew. Absent: each takes two. The
   * function's own, by `withIfUnchanged`.
   */
  readonly ifUnchanged?: ConsumeIfUnchanged;
}

export interface MeterStore {
  readonly consume: Consume;

  /**
   * Takes spend back, each refund by itself: `gcra`: `tat = stored - subUs`; `window`: `used = max(0, stored used - sub)`
   * if the stored window is the one that was charged, else nothing. A meter that is not there stays so. At most once: what
   * may have been written is never written again, since a refund that came twice would admit more than the limit.
   */
  refund(requests: readonly RefundRequest[]): Promise<void>;
}
