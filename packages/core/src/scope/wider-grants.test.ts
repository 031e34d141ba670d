import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everyScope, SMALL_WORLD, smallGrant } from "../../test/scope/universe.js";
import { isGrant } from "./grammar.js";
import { matches } from "./matches.js";
import { widerGrants } from "./wider-grants.js";

const EVERY_GRANT = everyScope(["a", "b", "constructor", "*", "**"], 3).filter(isGrant);

describe("widerGrants", () => {
  it("names the seven grants that take in a scope of two segments", () => {
    expect(new Set(widerGrants("a:b"))).toEqual(new Set(["a:b", "a:*", "a:**", "*:b", "*:*", "*:**", "**"]));
    expect(widerGrants("a:b")).toHaveLength(7);
  });

  it("are exactly the grants that take in all that the grant does", () => {
    fc.assert(
      fc.property(smallGrant, (grant) => {
        const takenIn = SMALL_WORLD.filter((scope) => matches(grant, scope));
        const wider = EVERY_GRANT.filter((other) => takenIn.every((scope) => matches(other, scope)));
        expect([...widerGrants(grant)].sort()).toEqual([...wider].sort());
      }),
    );
  });

  it("are at most 511, all of them grants", () => {
    const wider = widerGrants("a:b:c:d:e:f:g:h");
    expect(wider).toHaveLength(511);
    expect(wider.every(isGrant)).toBe(true);
  });

  it("leaves out what is too long to be a grant", () => {
    const scope = `${"x".repeat(126)}:a`;
    expect(scope).toHaveLength(128);
    expect(new Set(widerGrants(scope))).toEqual(new Set([scope, `${scope.slice(0, -1)}*`, "*:a", "*:*", "*:**", "**"]));
  });

  it("a malformed grant has none", () => {
    for (const grant of ["", "a:**:b", "A", "x".repeat(1_000_000)]) expect(widerGrants(grant)).toEqual([]);
  });
});
