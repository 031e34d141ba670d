import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairedRatios, quantile, summarise } from "./statistics.js";

const figure = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
const figures = fc.array(figure, { minLength: 1, maxLength: 40 });

describe("summarise", () => {
  it("has at least half of the figures on either side of the median, the median included", () => {
    fc.assert(
      fc.property(figures, (some) => {
        const { median } = summarise(some);
        expect(some.filter((one) => one <= median).length).toBeGreaterThanOrEqual(some.length / 2);
        expect(some.filter((one) => one >= median).length).toBeGreaterThanOrEqual(some.length / 2);
      }),
    );
  });

  it("has the spread around the median, within the figures", () => {
    fc.assert(
      fc.property(figures, (some) => {
        const { low, median, high } = summarise(some);
        expect([Math.min(...some), low, median, high, Math.max(...some)]).toEqual(
          [Math.min(...some), low, median, high, Math.max(...some)].sort((a, b) => a - b),
        );
      }),
    );
  });

  it("does not depend on the order, and leaves the figures as they are", () => {
    fc.assert(
      fc.property(figures, (some) => {
        const given = [...some];
        expect(summarise(some)).toEqual(summarise(some.toReversed()));
        expect(some).toEqual(given);
      }),
    );
  });

  it("is not moved by one wild figure among five", () => {
    expect(summarise([1.1, 1.2, 1.3, 1.4, 900]).median).toBe(1.3);
  });

  it("takes the middle of two, and quarters between figures", () => {
    expect(summarise([1, 2, 3, 4])).toEqual({ low: 1.75, median: 2.5, high: 3.25 });
  });

  it("refuses to make a median of nothing", () => {
    expect(() => summarise([])).toThrow(new RangeError("figures must be at least one; got none"));
  });
});

describe("quantile", () => {
  it("never falls as the share rises", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(figures, share, share, (some, one, other) => {
        const sorted = Float64Array.from(some).sort();
        expect(quantile(sorted, Math.min(one, other))).toBeLessThanOrEqual(
          quantile(sorted, Math.max(one, other)) * (1 + Number.EPSILON * 4),
        );
      }),
    );
  });
});

describe("pairedRatios", () => {
  it("does not see what slows a whole round", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(figure, fc.integer({ min: -10, max: 10 })), { minLength: 1 }), (rounds) => {
        const ratios = pairedRatios(
          rounds.map(([time, slowness]) => 3 * time * 2 ** slowness),
          rounds.map(([time, slowness]) => time * 2 ** slowness),
        );
        for (const ratio of ratios) expect(ratio).toBeCloseTo(3, 9);
      }),
    );
  });

  it("refuses series of different lengths", () => {
    expect(() => pairedRatios([1, 2], [1])).toThrow("both series must have as many rounds; got 2 and 1");
  });
});
