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
 * @param stored the key's meters by name; stays as it is
 * @param charges each on a meter of its own
 * @param units a whole number, at least 1
 * @throws TypeError a meter was stored in another form than it is charged in: meter names hold the form, so the store is corrupt
 */
export function applyCharges(
  stored: ReadonlyMap<string, Meter>,
  charges: readonly Charge[],
  units: number,
): AppliedCharges {
  const slots = charges.map((charge) => slotOf(charge, stored.get(charge.meter)));
  const admitted = slots.reduce((fewest, slot) => Math.min(fewest, slot.fits), units);
  return { admitted, meters: slots.map((slot) => (admitted === 0 ? slot.before : slot.after(admitted))) };
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

/** One charge against its meter. */
interface Slot {
  readonly before: Meter | null;
  /** Units that fit; may be more than were asked for. */
  readonly fits: number;
  readonly after: (units: number) => Meter;
}

function slotOf(charge: Charge, meter: Meter | undefined): Slot {
  const before = meter ?? null;
  if (charge.form === "gcra") {
    if (meter !== undefined && meter.form !== "gcra") throw wrongForm(charge, meter);
    const base = Math.max(meter?.tatUs ?? charge.floorUs, charge.floorUs);
    return {
      before,
      fits: unitsWithin(charge.ceilingUs - base, charge.addUs),
      after: (units) => ({ form: "gcra", tatUs: base + units * charge.addUs }),
    };
  }
  if (meter !== undefined && meter.form !== "window") throw wrongForm(charge, meter);
  const continues = meter !== undefined && meter.windowAt >= charge.windowAt;
  const used = continues ? meter.used : 0;
  return {
    before,
    fits: unitsWithin(charge.ceiling - used, charge.add),
    after: (units) => ({
      form: "window",
      windowAt: continues ? meter.windowAt : charge.windowAt,
      used: used + units * charge.add,
    }),
  };
}

function unitsWithin(room: number, each: number): number {
  if (room < 0) return 0;
  return each === 0 ? Number.POSITIVE_INFINITY : Math.floor(room / each);
}

function wrongForm(charge: Charge, meter: Meter): TypeError {
  return new TypeError(`meter ${charge.meter} is charged as ${charge.form}, but was stored as ${meter.form}`);
}
