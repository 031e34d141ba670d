import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gcraSlot, windowSlot } from "../../test/limits/charge-situation.js";
import { chargedMeter } from "./apply-charge.js";
import { applyRefund } from "./apply-refund.js";
import type { Charge, Meter } from "./charge.js";

const units = fc.integer({ min: 0, max: 5 });
const some = fc.nat(30);

describe("applyRefund", () => {
  it("of units that were charged to a GCRA meter, takes one back: as if one less had been charged", () => {
    fc.assert(
      fc.property(gcraSlot, units, ({ charge: given, stored }, kept) => {
        const charge: Charge = { ...given, meter: "m" };
        const spent = chargedMeter(charge, stored ?? undefined, kept + 1);
        expect(applyRefund(spent, { form: "gcra", meter: "m", subUs: charge.addUs })).toEqual(
          chargedMeter(charge, stored ?? undefined, kept),
        );
      }),
    );
  });

  it("of units that were charged to a window, takes one back: as if one less had been charged", () => {
    fc.assert(
      fc.property(windowSlot, units, ({ charge: given, stored }, kept) => {
        const charge: Charge = { ...given, meter: "m" };
        const spent = chargedMeter(charge, stored ?? undefined, kept + 1);
        const windowAt = Math.max(charge.windowAt, stored?.windowAt ?? charge.windowAt);
        expect(applyRefund(spent, { form: "window", meter: "m", windowAt, sub: charge.add })).toEqual(
          chargedMeter(charge, stored ?? undefined, kept),
        );
      }),
    );
  });

  it("leaves nothing used of a window in which less was used than is taken back", () => {
    fc.assert(
      fc.property(some, some, some, (windowAt, used, more) => {
        const refund = { form: "window", meter: "m", windowAt, sub: used + more } as const;
        expect(applyRefund({ form: "window", windowAt, used }, refund)).toEqual({ form: "window", windowAt, used: 0 });
      }),
    );
  });

  it("leaves another window than the one that was charged as it is", () => {
    fc.assert(
      fc.property(some, some, some, some, (windowAt, chargedAt, used, sub) => {
        fc.pre(windowAt !== chargedAt);
        const meter: Meter = { form: "window", windowAt, used };
        expect(applyRefund(meter, { form: "window", meter: "m", windowAt: chargedAt, sub })).toBe(meter);
      }),
    );
  });

  it("leaves a meter of the other form as it is", () => {
    const gcra: Meter = { form: "gcra", tatUs: 9 };
    const window: Meter = { form: "window", windowAt: 0, used: 9 };
    expect(applyRefund(gcra, { form: "window", meter: "m", windowAt: 0, sub: 1 })).toBe(gcra);
    expect(applyRefund(window, { form: "gcra", meter: "m", subUs: 1 })).toBe(window);
  });
});
