import { expect, it } from "vitest";
import { gateStaleOption } from "./gate-stale-option.js";

it("is five seconds unless given, and whole milliseconds up to an hour", () => {
  expect(gateStaleOption(undefined)).toBe(5_000);
  for (const given of [0, 1, 5_000, 3_600_000]) expect(gateStaleOption(given)).toBe(given);
});

it.each([-1, -0, 0.5, 3_600_001, Number.NaN, "5s", null, false])("refuses %s, naming what is allowed", (given) => {
  expect(() => gateStaleOption(given as never)).toThrow(TypeError);
  expect(() => gateStaleOption(given as never)).toThrow(/^gateStaleMs must be a whole number from 0 to 3600000; got /);
});
