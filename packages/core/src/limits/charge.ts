/**
 * Spend on a meter of the generic cell rate algorithm (ITU-T I.371 annex A, as virtual scheduling).
 * `next = max(stored, floorUs) + addUs` is admitted, and stored, if it is at most `ceilingUs`. Whole microseconds since
 * the epoch, so that every store rounds alike. A store with a clock of its own shifts floor and ceiling by
 * (its clock − the caller's `nowMs`).
 */
export interface GcraCharge {
  readonly form: "gcra";
  /** The meter's name, unique within the key. */
  readonly meter: string;
  readonly floorUs: number;
  readonly addUs: number;
  readonly ceilingUs: number;
}

/**
 * Spend in a window. `used = windowAt newer than stored ? add : stored used + add` is admitted, and stored with the
 * newer of the two windows, if it is at most `ceiling`. Fixed windows, calendar quotas and credits (window 0) alike.
 */
export interface WindowCharge {
  readonly form: "window";
  readonly meter: string;
  /** Start of the window, epoch ms; 0 for what never refills. */
  readonly windowAt: number;
  readonly add: number;
  readonly ceiling: number;
}

export type Charge = GcraCharge | WindowCharge;

/** Spend on a `gcra` meter that is taken back. */
export interface GcraRefund {
  readonly form: "gcra";
  readonly meter: string;
  /** At least 0. */
  readonly subUs: number;
}

/** Spend in a window that is taken back, as long as that window is the one that counts. */
export interface WindowRefund {
  readonly form: "window";
  readonly meter: string;
  /** Of the meter as the charge left it. */
  readonly windowAt: number;
  /** At least 0. */
  readonly sub: number;
}

export type Refund = GcraRefund | WindowRefund;

/** A meter's stored state. */
export type Meter =
  | { readonly form: "gcra"; readonly tatUs: number }
  | { readonly form: "window"; readonly windowAt: number; readonly used: number };
