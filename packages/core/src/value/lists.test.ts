import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listOf, onlyOf } from "./lists.js";

describe("onlyOf", () => {
  it("gives the item of a list of one, and of no other list any", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 3 }), (items) => {
        expect(onlyOf(Object.freeze(items))).toBe(items.length === 1 ? items[0] : undefined);
      }),
    );
  });
});

describe("listOf", () => {
  it("is the list of what is given, a new one each time", () => {
    expect(listOf(1, 2)).toEqual([1, 2]);
    expect(listOf()).not.toBe(listOf());
  });
});
