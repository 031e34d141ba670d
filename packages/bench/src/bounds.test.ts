import { expect, it } from "vitest";
import { BOUNDS, isNearOne } from "./bounds.js";
import { SCENARIOS } from "./scenarios/scenarios.js";

it("has a scenario for every bound, and no two of one name", () => {
  const names = SCENARIOS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(BOUNDS.filter(({ scenario }) => !names.includes(scenario))).toEqual([]);
});

it("takes a bound within a factor of 1.35 of 1 for near", () => {
  const near = BOUNDS.filter(isNearOne).map(({ ratio }) => ("atMost" in ratio ? ratio.atMost : ratio.atLeast));
  expect([...new Set(near)].sort()).toEqual([0.8, 0.85, 0.9, 0.95, 1, 1.3]);
});
