import type { ChargeResult } from "../store/meter-store.js";
import type { Charge, Meter } from "./charge.js";
import { chargeResult } from "./charge-result.js";
import { gcraMeter, windowMeter } from "./new-meter.js";

/**
 * What some of the units of one request would have been told, had each been asked for by itself, one after the other:
 * admitted units see the meters as each of them left them, refused ones as they are in the end.
 *
 * @param charges of the request, in the order of the result's meters
 * @param result of all its units
 * @param first of the units in question, counted from 0
 * @param units how many they are
 */
export function resultOfUnits(
  charges: readonly Charge[],
  result: ChargeResult,
  first: number,
  units: number,
): ChargeResult {
  const { admitted, meters, nowUs } = result;
  const before = Math.min(admitted, first);
  const after = Math.min(admitted, first + units);
  if (after === admitted) return chargeResult(after - before, meters, nowUs);
  const then = charges.map((charge, index) => meterBefore(charge, meters[index] ?? null, admitted - after));
  return chargeResult(after - before, then, nowUs);
}

/** The meter as it was so many units ago, each of which had been admitted since. */
function meterBefore(charge: Charge, meter: Meter | null, units: number): Meter | null {
  if (charge.form === "gcra") return meter?.form === "gcra" ? gcraMeter(meter.tatUs - units * charge.addUs) : meter;
  return meter?.form === "window" ? windowMeter(meter.windowAt, meter.used - units * charge.add) : meter;
}
