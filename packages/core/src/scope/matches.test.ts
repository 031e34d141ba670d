import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oracleMatches, SMALL_WORLD, smallGrant } from "../../test/scope/universe.js";
import { matches, matchesSegments } from "./matches.js";

/** How often the walk looks at a segment, of either side. */
function looks(grant: readonly string[], scope: readonly string[]): number {
  let count = 0;
  const counted = (segments: readonly string[]): readonly string[] =>
    new Proxy(segments, {
      get: (target, name) => {
        if (typeof name === "string" && /^[0-9]+$/.test(name)) count += 1;
        return Reflect.get(target, name);
      },
    });
  matchesSegments(counted(grant), counted(scope));
  return count;
}

describe("matches", () => {
  it("agrees with a regular expression on every scope of a small world", () => {
    fc.assert(
      fc.property(smallGrant, (grant) => {
        const takenIn = SMALL_WORLD.filter((scope) => matches(grant, scope));
        expect(takenIn).toEqual(SMALL_WORLD.filter((scope) => oracleMatches(grant, scope)));
      }),
    );
  });

  it("a prefix is no parent: orders does not take in orders:read, nor orders:read orders", () => {
    expect(matches("orders", "orders:read")).toBe(false);
    expect(matches("orders:read", "orders")).toBe(false);
    expect(matches("order", "orders")).toBe(false);
    expect(matches("orders:*", "orders")).toBe(false);
    expect(matches("orders:**", "orders")).toBe(false);
  });

  it.each([
    "a:**:b",
    "**:b",
    "a*",
    "A",
    "",
    ":",
    "a::*",
    "x".repeat(200_000),
    `${"x".repeat(200_000)}:*`,
    "*:*:*:*:*:*:*:*:**",
  ])("a malformed grant takes in nothing", (grant) => {
    expect(SMALL_WORLD.filter((scope) => matches(grant, scope))).toEqual([]);
    expect(matches(grant, "a:b:c:d:e:f:g:h")).toBe(false);
  });

  it("a grant of more than 128 characters takes in nothing, not even what it would spell", () => {
    const long = "x".repeat(126);
    expect(matches(`${long}:*`, `${long}:a`)).toBe(true);
    expect(matches(`${long}:**`, `${long}:a`)).toBe(false);
  });

  it("takes steps in proportion to the segments, however many are wildcards", () => {
    for (const wildcards of [10, 100, 1000]) {
      const scope = Array.from({ length: wildcards + 1 }, () => "a");
      const nearMiss = [...Array.from({ length: wildcards }, () => "*"), "b"];
      expect(looks(nearMiss, scope)).toBeLessThanOrEqual(3 * scope.length);
      expect(looks([...nearMiss.slice(0, -1), "**"], scope)).toBeLessThanOrEqual(3 * scope.length);
    }
  });
});
