import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oracleMatches, SMALL_WORLD, smallGrant, smallGrants } from "../../test/scope/universe.js";
import { takeInWildcard } from "./take-in-wildcard.js";

const wildcard = smallGrant.filter((grant) => grant.includes("*"));

describe("takeInWildcard", () => {
  it("holds exactly where every scope that the wildcard takes in is taken in", () => {
    fc.assert(
      fc.property(smallGrants, wildcard, (grants, within) => {
        const all = SMALL_WORLD.filter((scope) => oracleMatches(within, scope)).every((scope) =>
          grants.some((grant) => oracleMatches(grant, scope)),
        );
        expect(takeInWildcard(grants, within)).toBe(all);
      }),
    );
  });

  it("lets several grants take in what none does alone", () => {
    expect(takeInWildcard(["a:*", "a:*:**"], "a:**")).toBe(true);
    expect(takeInWildcard(["a:*"], "a:**")).toBe(false);
    const byLength = Array.from({ length: 8 }, (_, more) => `*${":*".repeat(more)}`);
    expect(takeInWildcard(byLength, "**")).toBe(true);
    for (const length of byLength) {
      expect(
        takeInWildcard(
          byLength.filter((grant) => grant !== length),
          "**",
        ),
      ).toBe(false);
    }
  });

  it("does not ask for scopes that would be longer than 128 characters", () => {
    const long = "x".repeat(123);
    expect(takeInWildcard([`${long}:*`, `${long}:*:*`], `${long}:**`)).toBe(true);
    expect(takeInWildcard([`${long}:*`], `${long}:**`)).toBe(false);
  });

  it("holds for nothing malformed", () => {
    expect(takeInWildcard(["**"], "a:**:b")).toBe(false);
    expect(takeInWildcard(["**"], "A:*")).toBe(false);
  });
});
