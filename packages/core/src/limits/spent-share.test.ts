import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_LIMIT, MAX_PERIOD_MS } from "../bounds.js";
import { shareOf } from "./spent-share.js";

/** Up to the microseconds in which the longest limit is refilled. */
const size = fc.oneof(
  fc.integer({ min: 1, max: 20 }),
  fc.integer({ min: 1, max: MAX_PERIOD_MS * 1000 }),
  fc.constant(MAX_LIMIT),
);
const share = fc.tuple(fc.nat(), size).map(([some, whole]) => ({ part: some % (whole + 1), whole }));

describe("shareOf", () => {
  it("is exact, and rounded up: the least whole number that is no smaller a share", () => {
    fc.assert(
      fc.property(size, share, (total, { part, whole }) => {
        const given = BigInt(shareOf(total, { part, whole }));
        const exact = BigInt(part) * BigInt(total);
        expect(given * BigInt(whole) >= exact).toBe(true);
        expect((given - 1n) * BigInt(whole) < exact).toBe(true);
      }),
    );
    expect(shareOf(10, { part: 1, whole: 3 })).toBe(4);
    expect(shareOf(9, { part: 1, whole: 3 })).toBe(3);
  });

  it("of all is all, and of nothing nothing", () => {
    fc.assert(
      fc.property(size, size, (total, whole) => {
        expect(shareOf(total, { part: whole, whole })).toBe(total);
        expect(shareOf(total, { part: 0, whole })).toBe(0);
      }),
    );
  });
});
