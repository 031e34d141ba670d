import fc from "fast-check";
import { expect, it } from "vitest";
import { wholeNumber } from "./whole-number.js";

it("takes exactly the whole numbers of its range", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(), fc.integer(), (min, span, value) => {
      const accepted = wholeNumber(min, min + span).safeParse(value).success;
      expect(accepted).toBe(value >= min && value <= min + span);
      expect(wholeNumber(value, value).parse(value)).toBe(value);
    }),
  );
});

it.each([-0, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, "1", 1n, null, true, [1]])("refuses %s", (value) => {
  expect(wholeNumber(-10, Number.MAX_SAFE_INTEGER).safeParse(value).success).toBe(false);
});
