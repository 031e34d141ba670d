import { describe, expect, it } from "vitest";
import { createNameBudget } from "./name-budget.js";

const DAY_MS = 86_400_000;

describe("createNameBudget", () => {
  it("tells so many names of a key apart, again and again, and no more on the same day", () => {
    const { admit } = createNameBudget(2, 100);
    expect(["a", "b", "c", "a", "b", "d"].map((name) => admit("k", name, 5))).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
    ]);
    expect(admit("other key", "c", 5)).toBe(true);
    expect(admit("k", "c", DAY_MS - 1)).toBe(false);
    expect(admit("k", "c", DAY_MS)).toBe(true);
    expect(admit("k", "a", DAY_MS)).toBe(true);
    expect(admit("k", "b", DAY_MS)).toBe(false);
  });

  it("forgets everything rather than remember more than its bound", () => {
    const { admit } = createNameBudget(2, 3);
    expect(["a", "b"].map((name) => admit("k", name, 5))).toEqual([true, true]);
    expect(admit("l", "a", 5)).toBe(true);
    expect(admit("k", "c", 5)).toBe(false);
    expect(admit("m", "a", 5)).toBe(true);
    expect(admit("k", "c", 5)).toBe(true);
  });
});
