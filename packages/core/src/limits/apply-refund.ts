import type { Meter, Refund } from "./charge.js";

/**
 * The arithmetic of `MeterStore.refund` for one meter.
 *
 * @returns the meter afterwards: itself where nothing is taken back
 */
export function applyRefund(meter: Meter, refund: Refund): Meter {
  if (refund.form === "gcra")
    return meter.form === "gcra" ? { form: "gcra", tatUs: meter.tatUs - refund.subUs } : meter;
  if (meter.form !== "window" || meter.windowAt !== refund.windowAt) return meter;
  return { ...meter, used: Math.max(0, meter.used - refund.sub) };
}
