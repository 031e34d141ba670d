import fc from "fast-check";
import { expect, it } from "vitest";
import { wholeNumber } from "./whole-number.js";

it("takes exactly the whole numbers of its range, both ends included", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(), fc.integer({ min: -3, max: 3 }), fc.boolean(), (min, span, away, fromMin) => {
      const max = min + span;
      const value = (fromMin ? min : max) + away;
      expect(wholeNumber(min, max).safeParse(value).success).toBe(value >= min && value <= max);
    }),
  );
});

it.each([-0, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, "1", 1n, null, true, [1]])("refuses %s", (value) => {
  expect(wholeNumber(-10, Number.MAX_SAFE_INTEGER).safeParse(value).success).toBe(false);
});
