import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { situation } from "../../test/limits/charge-situation.js";
import { applyCharges } from "./apply-charges.js";
import { applyRefund } from "./apply-refund.js";
import type { Charge, Meter } from "./charge.js";
import { refundsFor } from "./refunds-for.js";

describe("refundsFor", () => {
  it("takes one unit of every charge back: the meters are as if the charges had added nothing", () => {
    fc.assert(
      fc.property(situation, ({ charges, stored }) => {
        const { admitted, meters } = applyCharges(stored, charges, 1);
        fc.pre(admitted === 1);
        const refunds = refundsFor(charges, meters);
        const after = meters.map((meter, index) => {
          const refund = refunds[index];
          if (meter === null || refund === undefined) throw new Error("nothing to take back, or from");
          return applyRefund(meter, refund);
        });
        expect(after).toEqual(applyCharges(stored, charges.map(addingNothing), 1).meters);
      }),
    );
  });

  it("makes one refund a charge, in their order, on the same meter and in the same form", () => {
    fc.assert(
      fc.property(situation, ({ charges, stored }) => {
        const { meters } = applyCharges(stored, charges, 1);
        const told = refundsFor(charges, meters).map(({ form, meter }) => ({ form, meter }));
        expect(told).toEqual(charges.map(({ form, meter }) => ({ form, meter })));
      }),
    );
  });

  it("finds the meters of charges that follow others from the offset on", () => {
    fc.assert(
      fc.property(situation, fc.nat(8), ({ charges, stored }, offset) => {
        const { meters } = applyCharges(stored, charges, 1);
        expect(refundsFor(charges.slice(offset), meters, offset)).toEqual(refundsFor(charges, meters).slice(offset));
      }),
    );
  });

  it("names the window that the charge went into: its own, or the newer one where the clock had stepped back", () => {
    const charge: Charge = { form: "window", meter: "m", windowAt: 100, add: 3, ceiling: 5 };
    const refundOf = (meter: Meter | null) => refundsFor([charge], [meter]);
    expect(refundOf(null)).toEqual([{ form: "window", meter: "m", windowAt: 100, sub: 3 }]);
    expect(refundOf({ form: "window", windowAt: 100, used: 3 })).toEqual(refundOf(null));
    expect(refundOf({ form: "window", windowAt: 200, used: 4 })).toEqual([
      { form: "window", meter: "m", windowAt: 200, sub: 3 },
    ]);
  });
});

function addingNothing(charge: Charge): Charge {
  return charge.form === "gcra" ? { ...charge, addUs: 0 } : { ...charge, add: 0 };
}
