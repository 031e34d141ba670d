import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyCharges } from "./apply-charges.js";
import type { Charge, Meter } from "./charge.js";
import { resultOfUnits } from "./unit-result.js";

const small = fc.integer({ min: 0, max: 30 });

const gcra = fc
  .record({ floorUs: small, addUs: fc.integer({ min: 1, max: 8 }), roomUs: small, stored: fc.option(small) })
  .map(({ floorUs, addUs, roomUs, stored }) => ({
    charge: { form: "gcra", floorUs, addUs, ceilingUs: floorUs + roomUs } as const,
    stored: stored === null ? undefined : ({ form: "gcra", tatUs: stored } as const),
  }));

const windowAt = fc.integer({ min: -1, max: 2 });

const window = fc
  .record({
    windowAt,
    add: fc.integer({ min: 0, max: 8 }),
    ceiling: small,
    stored: fc.option(fc.tuple(windowAt, small)),
  })
  .map(({ stored, ...charge }) => ({
    charge: { form: "window", ...charge } as const,
    stored: stored === null ? undefined : ({ form: "window", windowAt: stored[0], used: stored[1] } as const),
  }));

/** Charges on meters of their own, and what is stored of those. */
const situation = fc.array(fc.oneof(gcra, window), { minLength: 1, maxLength: 4 }).map((slots) => {
  const stored = new Map<string, Meter>();
  for (const [index, slot] of slots.entries()) if (slot.stored !== undefined) stored.set(`m${index}`, slot.stored);
  return { charges: slots.map(({ charge }, index): Charge => ({ ...charge, meter: `m${index}` })), stored };
});

describe("resultOfUnits", () => {
  it("tells each of those that were charged together what it would have been told alone, one after the other", () => {
    const members = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(situation, members, fc.integer(), ({ charges, stored }, units, nowUs) => {
        const together = { ...applyCharges(stored, charges, sum(units)), nowUs };
        const meters = new Map(stored);
        for (const [index, own] of units.entries()) {
          const alone = applyCharges(meters, charges, own);
          charges.forEach(({ meter }, at) => {
            const spent = alone.meters[at];
            if (spent) meters.set(meter, spent);
          });
          expect(resultOfUnits(charges, together, sum(units.slice(0, index)), own)).toEqual({ ...alone, nowUs });
        }
      }),
    );
  });

  it("shows meters that are only asked for as they are", () => {
    fc.assert(
      fc.property(situation, fc.nat({ max: 5 }), ({ charges, stored }, first) => {
        const told = { ...applyCharges(stored, charges, 0), nowUs: 7 };
        expect(resultOfUnits(charges, told, first, 0)).toEqual(told);
      }),
    );
  });
});

function sum(units: readonly number[]): number {
  return units.reduce((total, each) => total + each, 0);
}
