import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_TIME_MS } from "../bounds.js";
import { time } from "./time.js";

describe("time", () => {
  it("takes whole milliseconds from 1970 to 2200, as a number or a Date alike", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_TIME_MS }), (ms) => {
        expect(time.parse(ms)).toBe(ms);
        expect(time.parse(new Date(ms))).toBe(ms);
      }),
    );
  });

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -1,
    -0,
    0.5,
    MAX_TIME_MS + 1,
    2 ** 53,
    "31/12/2020",
    "2030-01-01T00:00:00Z",
    "0",
    5n,
    null,
    true,
    {},
    new Date(Number.NaN),
    new Date(-1),
    new Date(MAX_TIME_MS + 1),
  ])("refuses %s", (value) => {
    expect(time.safeParse(value).success).toBe(false);
  });
});
