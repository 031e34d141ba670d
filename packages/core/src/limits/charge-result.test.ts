import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { situation } from "../../test/limits/charge-situation.js";
import { applyCharges } from "./apply-charges.js";
import { chargeAtOnce, chargeResult } from "./charge-result.js";

describe("chargeResult", () => {
  it("is a plain object of what the store tells", () => {
    fc.assert(
      fc.property(situation, fc.nat(5), fc.nat(), ({ charges, stored }, units, nowUs) => {
        const { admitted, meters } = applyCharges(stored, charges, units);
        expect(chargeResult(admitted, meters, nowUs)).toStrictEqual({ admitted, meters, nowUs });
      }),
    );
  });
});

describe("chargeAtOnce", () => {
  it("is the same with the handle, which is given back itself", () => {
    fc.assert(
      fc.property(situation, fc.nat(5), fc.nat(), ({ charges, stored }, units, nowUs) => {
        const { admitted, meters } = applyCharges(stored, charges, units);
        const handle = {};
        const told = chargeAtOnce(admitted, meters, nowUs, handle);
        expect(told).toStrictEqual({ ...chargeResult(admitted, meters, nowUs), handle });
        expect(told.handle).toBe(handle);
        expect(chargeAtOnce(admitted, meters, nowUs, undefined).handle).toBeUndefined();
      }),
    );
  });
});
