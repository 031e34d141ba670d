import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SMALL_WORLD, smallGrant } from "../../test/scope/universe.js";
import { isGrant } from "./grammar.js";
import { matches } from "./matches.js";
import { meet } from "./meet.js";

describe("meet", () => {
  it("takes in exactly what both grants take in", () => {
    fc.assert(
      fc.property(smallGrant, smallGrant, (a, b) => {
        const shared = meet(a, b);
        const takenIn = SMALL_WORLD.filter((scope) => shared !== undefined && matches(shared, scope));
        expect(takenIn).toEqual(SMALL_WORLD.filter((scope) => matches(a, scope) && matches(b, scope)));
      }),
    );
  });

  it("is well-formed", () => {
    fc.assert(fc.property(smallGrant, smallGrant, (a, b) => isGrant(meet(a, b) ?? "nothing")));
  });

  it.each([
    ["a:**", "a", undefined],
    ["a:**", "*:b", "a:b"],
    ["a:**", "*:b:**", "a:b:**"],
    ["*:b", "a:*", "a:b"],
    ["**", "*", "*"],
    ["a:*", "a:*:*", undefined],
  ])("of %s and %s is %s", (a, b, shared) => {
    expect(meet(a, b)).toBe(shared);
    expect(meet(b, a)).toBe(shared);
  });

  it("loses no scope of the full length where ** would be one character too long", () => {
    const [long, longer] = ["x".repeat(62), "y".repeat(63)];
    const shared = meet(`${long}:**`, `*:${longer}:**`);
    const scope = `${long}:${longer}:z`;
    expect(scope).toHaveLength(128);
    expect(shared).toBe(`${long}:${longer}:*`);
    expect(isGrant(shared)).toBe(true);
    expect(matches(shared ?? "", scope)).toBe(true);
  });
});
