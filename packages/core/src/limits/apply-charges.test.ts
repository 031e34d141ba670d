import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { situation } from "../../test/limits/charge-situation.js";
import { applyCharges, shiftCharges } from "./apply-charges.js";
import type { Charge, Meter } from "./charge.js";

const units = fc.integer({ min: 1, max: 12 });

describe("applyCharges", () => {
  it("spends units one after the other by the formulas of the two forms, until one does not fit", () => {
    fc.assert(
      fc.property(situation, units, ({ charges, stored }, wanted) => {
        const meters = new Map(stored);
        let admitted = 0;
        while (admitted < wanted) {
          const next = charges.map((charge) => spendOnce(charge, meters.get(charge.meter)));
          if (next.includes("refused")) break;
          charges.forEach(({ meter }, index) => {
            const spent = next[index];
            if (spent !== undefined && spent !== "refused") meters.set(meter, spent);
          });
          admitted += 1;
        }
        expect(applyCharges(stored, charges, wanted)).toEqual({
          admitted,
          meters: charges.map(({ meter }) => meters.get(meter) ?? null),
        });
      }),
    );
  });

  it("leaves what it was given as it is, and shows null where nothing was ever spent", () => {
    const charges: readonly Charge[] = [
      { form: "window", meter: "open", windowAt: 0, add: 1, ceiling: 5 },
      { form: "window", meter: "shut", windowAt: 0, add: 1, ceiling: 0 },
    ];
    const stored = new Map<string, Meter>([["open", { form: "window", windowAt: 0, used: 1 }]]);
    expect(applyCharges(stored, charges, 3)).toEqual({
      admitted: 0,
      meters: [{ form: "window", windowAt: 0, used: 1 }, null],
    });
    expect(applyCharges(stored, charges.slice(0, 1), 3).admitted).toBe(3);
    expect([...stored]).toEqual([["open", { form: "window", windowAt: 0, used: 1 }]]);
  });

  it("a charge that adds nothing fits as often as asked for, up to its ceiling", () => {
    const charge = { form: "window", meter: "m", windowAt: 0, add: 0, ceiling: 1 } as const;
    expect(applyCharges(new Map(), [charge], 7).admitted).toBe(7);
    const full = new Map<string, Meter>([["m", { form: "window", windowAt: 0, used: 1 }]]);
    expect(applyCharges(full, [charge], 7).admitted).toBe(7);
    const over = new Map<string, Meter>([["m", { form: "window", windowAt: 0, used: 2 }]]);
    expect(applyCharges(over, [charge], 7).admitted).toBe(0);
  });

  it("throws where a meter was stored in the other form, rather than take it for an unspent one", () => {
    const gcra: Charge = { form: "gcra", meter: "m", floorUs: 0, addUs: 1, ceilingUs: 5 };
    const window: Charge = { form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 5 };
    expect(() => applyCharges(new Map([["m", { form: "window", windowAt: 0, used: 0 }]]), [gcra], 1)).toThrow(
      new TypeError("meter m is charged as gcra, but was stored as window"),
    );
    expect(() => applyCharges(new Map([["m", { form: "gcra", tatUs: 0 }]]), [window], 1)).toThrow(
      new TypeError("meter m is charged as window, but was stored as gcra"),
    );
  });
});

describe("shiftCharges", () => {
  it("moves gcra charges with the store's clock, and leaves windows where core put them", () => {
    fc.assert(
      fc.property(situation, units, fc.integer({ min: -50, max: 50 }), ({ charges, stored }, wanted, byUs) => {
        const later = new Map([...stored].map(([name, meter]) => [name, shifted(meter, byUs)] as const));
        const { admitted, meters } = applyCharges(stored, charges, wanted);
        expect(applyCharges(later, shiftCharges(charges, byUs), wanted)).toEqual({
          admitted,
          meters: meters.map((meter) => (meter === null ? null : shifted(meter, byUs))),
        });
        const windows = charges.filter(({ form }) => form === "window");
        expect(shiftCharges(windows, byUs)).toEqual(windows);
      }),
    );
  });
});

function spendOnce(charge: Charge, meter: Meter | undefined): Meter | "refused" {
  if (charge.form === "gcra") {
    const stored = meter?.form === "gcra" ? meter.tatUs : Number.NEGATIVE_INFINITY;
    const tatUs = Math.max(stored, charge.floorUs) + charge.addUs;
    return tatUs <= charge.ceilingUs ? { form: "gcra", tatUs } : "refused";
  }
  const stored = meter?.form === "window" ? meter : { windowAt: Number.NEGATIVE_INFINITY, used: 0 };
  const used = charge.windowAt > stored.windowAt ? charge.add : stored.used + charge.add;
  return used <= charge.ceiling
    ? { form: "window", windowAt: Math.max(charge.windowAt, stored.windowAt), used }
    : "refused";
}

function shifted(meter: Meter, byUs: number): Meter {
  return meter.form === "gcra" ? { form: "gcra", tatUs: meter.tatUs + byUs } : meter;
}
