import { chargedMeter, unitsThatFit } from "./apply-charge.js";
import type { Charge, Meter } from "./charge.js";

export interface AppliedCharges {
  /** How many of the units fit under every one of the charges: 0 to `units`. */
  readonly admitted: number;
  /** The meters afterwards, in the order of the charges; null where nothing was ever spent. */
  readonly meters: readonly (Meter | null)[];
}

/**
 * The arithmetic of `MeterStore.consume` for one request: what a store does under its lock, and what the others are
 * compared with. Spends every charge once a unit, for as many units as fit; a unit that does not fit spends nothing.
 *
 * @param stored the meters by name; stays as it is
 * @param charges each on a meter of its own
 * @param units a whole number; 0: the meters are only told
 * @throws TypeError a meter was stored in another form than it is charged in: meter names hold the form, so the store is corrupt
 */
export function applyCharges(
  stored: ReadonlyMap<string, Meter>,
  charges: readonly Charge[],
  units: number,
): AppliedCharges {
  let admitted = units;
  for (const charge of charges) admitted = Math.min(admitted, unitsThatFit(charge, stored.get(charge.meter)));
  const meters: (Meter | null)[] = [];
  for (const charge of charges) {
    const meter = stored.get(charge.meter);
    meters.push(admitted === 0 ? (meter ?? null) : chargedMeter(charge, meter, admitted));
  }
  return { admitted, meters };
}

/**
 * The charges as a store with a clock of its own applies them: `gcra` by its time, windows as they are.
 *
 * @param byUs whole microseconds: the store's clock less the caller's
 */
export function shiftCharges(charges: readonly Charge[], byUs: number): readonly Charge[] {
  return charges.map((charge) => {
    if (charge.form === "window") return charge;
    return { ...charge, floorUs: charge.floorUs + byUs, ceilingUs: charge.ceilingUs + byUs };
  });
}
