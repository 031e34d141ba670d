import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SMALL_WORLD, smallGrant } from "../../test/scope/universe.js";
import { matches } from "./matches.js";
import { widest } from "./widest.js";

const takenIn = (grant: string): readonly string[] => SMALL_WORLD.filter((scope) => matches(grant, scope));

describe("widest", () => {
  it("keeps, once and in order, the grants that no other takes in", () => {
    fc.assert(
      fc.property(fc.array(smallGrant, { maxLength: 10 }), (grants) => {
        const distinct = [...new Set(grants)];
        const expected = distinct.filter((grant) => {
          const scopes = takenIn(grant);
          return !distinct.some((other) => other !== grant && scopes.every((scope) => matches(other, scope)));
        });
        expect(widest(grants)).toEqual(expected);
      }),
    );
  });
});
