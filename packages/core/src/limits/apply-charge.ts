import type { Charge, Meter } from "./charge.js";
import { gcraMeter, windowMeter } from "./new-meter.js";

/**
 * How many units of a charge fit on its meter, which may be more than are asked for: `Infinity` where one adds nothing.
 *
 * @param meter as it is stored; undefined: nothing was ever spent on it
 * @throws TypeError the meter was stored in another form than it is charged in: meter names hold the form, so the store is corrupt
 */
export function unitsThatFit(charge: Charge, meter: Meter | undefined): number {
  if (charge.form === "gcra") {
    return unitsWithin(charge.ceilingUs - startUs(charge.floorUs, storedUs(charge, meter)), charge.addUs);
  }
  const stored = storedWindow(charge, meter);
  const used = stored !== undefined && stored.windowAt >= charge.windowAt ? stored.used : 0;
  return unitsWithin(charge.ceiling - used, charge.add);
}

/**
 * The meter after so many units of a charge, which must fit.
 *
 * @throws TypeError as {@link unitsThatFit}
 */
export function chargedMeter(charge: Charge, meter: Meter | undefined, units: number): Meter {
  if (charge.form === "gcra") {
    return gcraMeter(startUs(charge.floorUs, storedUs(charge, meter)) + units * charge.addUs);
  }
  const stored = storedWindow(charge, meter);
  const { windowAt, add } = charge;
  return stored !== undefined && stored.windowAt >= windowAt
    ? windowMeter(stored.windowAt, stored.used + units * add)
    : windowMeter(windowAt, units * add);
}

function startUs(floorUs: number, stored: number | undefined): number {
  return stored !== undefined && stored > floorUs ? stored : floorUs;
}

function storedUs(charge: Charge, meter: Meter | undefined): number | undefined {
  if (meter === undefined) return undefined;
  if (meter.form !== "gcra") throw wrongForm(charge, meter);
  return meter.tatUs;
}

function storedWindow(charge: Charge, meter: Meter | undefined): (Meter & { readonly form: "window" }) | undefined {
  if (meter === undefined || meter.form === "window") return meter;
  throw wrongForm(charge, meter);
}

function unitsWithin(room: number, each: number): number {
  if (room < 0) return 0;
  return each === 0 ? Number.POSITIVE_INFINITY : Math.floor(room / each);
}

function wrongForm(charge: Charge, meter: Meter): TypeError {
  return new TypeError(`meter ${charge.meter} is charged as ${charge.form}, but was stored as ${meter.form}`);
}
