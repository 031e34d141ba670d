import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { situation } from "../../test/limits/charge-situation.js";
import { applyCharges } from "./apply-charges.js";
import type { Charge } from "./charge.js";
import { resultOfUnits } from "./unit-result.js";

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

  it("shows null, as it was told, where a store wrote nothing for a charge that adds nothing", () => {
    const charges: readonly Charge[] = [
      { form: "gcra", meter: "a", floorUs: 0, addUs: 0, ceilingUs: 5 },
      { form: "window", meter: "b", windowAt: 0, add: 0, ceiling: 5 },
    ];
    const together = { admitted: 3, meters: [null, null], nowUs: 7 };
    expect(resultOfUnits(charges, together, 0, 2)).toEqual({ ...together, admitted: 2 });
  });
});

function sum(units: readonly number[]): number {
  return units.reduce((total, each) => total + each, 0);
}
