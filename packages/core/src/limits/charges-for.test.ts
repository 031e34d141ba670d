import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { severalLimits, timeMs } from "../../test/limits/arbitraries.js";
import { MAX_LIMIT, MAX_PERIOD_MS, MAX_RATE_PER_MS, MAX_TIME_MS } from "../bounds.js";
import { applyCharges } from "./apply-charges.js";
import { chargesFor } from "./charges-for.js";
import type { Limit } from "./limit.js";

describe("chargesFor", () => {
  it("makes one charge a limit, in declared order, each on a meter of its own", () => {
    fc.assert(
      fc.property(severalLimits, timeMs, (limits, nowMs) => {
        const meters = chargesFor(limits, 1, nowMs).map(({ meter }) => meter);
        expect(meters.map((meter) => meter.split(":").at(-1))).toEqual(limits.map(({ name }) => name));
        expect(new Set(meters).size).toBe(limits.length);
      }),
    );
  });

  it("prepares the numbers that the port documents", () => {
    const limits: readonly Limit[] = [
      { name: "burst", kind: "rate", limit: 3, per: 1000, algorithm: "gcra" },
      { name: "steady", kind: "rate", limit: 3, per: 60_000, algorithm: "fixed" },
      { name: "daily", kind: "quota", limit: 100, refill: "day", timeZone: "Europe/Berlin" },
      { name: "weekly", kind: "quota", limit: 4, refill: 604_800_000, timeZone: "UTC" },
      { name: "total", kind: "credits", limit: 500 },
    ];
    const nowMs = Date.UTC(2026, 6, 1, 12, 0, 30);
    const nowUs = nowMs * 1000;
    const weekAt = Date.UTC(2026, 5, 25);
    expect(chargesFor(limits, 5, nowMs)).toEqual([
      { form: "gcra", meter: "gcra:1000:burst", floorUs: nowUs, addUs: 4 * 333_334, ceilingUs: nowUs + 3 * 333_334 },
      { form: "window", meter: "fixed:60000:steady", windowAt: nowMs - 30_000, add: 4, ceiling: 3 },
      {
        form: "window",
        meter: "quota:day:Europe/Berlin:daily",
        windowAt: Date.UTC(2026, 5, 30, 22),
        add: 5,
        ceiling: 100,
      },
      { form: "window", meter: "quota:604800000:weekly", windowAt: weekAt, add: 5, ceiling: 4 },
      { form: "window", meter: "credits:total", windowAt: 0, add: 5, ceiling: 500 },
    ]);
  });

  it("leaves every sum that a store makes a safe integer, at the bounds of limit, period, cost and time", () => {
    fc.assert(
      fc.property(extremeLimit, extremeLimit, cost, time, time, (spentUnder, limit, units, spentMs, nowMs) => {
        // Somebody spent all of another limit on the same meter, perhaps by a clock that was ahead.
        const [spending] = chargesFor([spentUnder], 1, spentMs);
        const [charge] = chargesFor([limit], units, nowMs);
        if (spending === undefined || charge === undefined) throw new Error("no charge");
        const { meters } = applyCharges(new Map(), [spending], Number.MAX_SAFE_INTEGER);
        const stored = meters[0] ?? null;
        const sums = [...Object.values(charge), ...Object.values(stored ?? {})].filter(
          (part) => typeof part === "number",
        );
        if (charge.form === "gcra") {
          sums.push(charge.floorUs + charge.addUs, (stored?.form === "gcra" ? stored.tatUs : 0) + charge.addUs);
        } else {
          sums.push((stored?.form === "window" ? stored.used : 0) + charge.add);
        }
        for (const sum of sums) expect(Number.isSafeInteger(sum)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([0, -0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("refuses a cost of %s", (given) => {
    expect(() => chargesFor([], given, 0)).toThrow(
      new RangeError(`cost must be a whole number from 1 to ${Number.MAX_SAFE_INTEGER}; got ${given}`),
    );
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, MAX_TIME_MS + 1])("refuses a time of %s", (given) => {
    expect(() => chargesFor([], 1, given)).toThrow(
      new RangeError(`nowMs must be a whole number from 0 to ${MAX_TIME_MS}; got ${given}`),
    );
  });
});

const near = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max }), fc.integer({ min: Math.max(min, max - 1000), max }));

const cost = near(1, Number.MAX_SAFE_INTEGER);
const time = near(0, MAX_TIME_MS);

const extremeLimit: fc.Arbitrary<Limit> = fc.oneof(
  fc
    .tuple(near(1, MAX_PERIOD_MS), fc.constantFrom("gcra", "fixed"))
    .chain(([per, algorithm]) =>
      near(0, Math.min(MAX_LIMIT, per * MAX_RATE_PER_MS)).map(
        (limit): Limit => ({ name: "m", kind: "rate", limit, per, algorithm }),
      ),
    ),
  fc
    .tuple(near(0, MAX_LIMIT), fc.oneof(fc.constantFrom("day", "month"), near(1, MAX_PERIOD_MS)))
    .map(([limit, refill]): Limit => ({ name: "m", kind: "quota", limit, refill, timeZone: "UTC" })),
  near(0, MAX_LIMIT).map((limit): Limit => ({ name: "m", kind: "credits", limit })),
);
