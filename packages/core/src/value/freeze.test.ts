import fc from "fast-check";
import { expect, it } from "vitest";
import { deepFreeze } from "./freeze.js";

function isFrozenThroughout(value: unknown): boolean {
  return (
    typeof value !== "object" ||
    value === null ||
    (Object.isFrozen(value) && Object.values(value).every(isFrozenThroughout))
  );
}

it("freezes every object of a tree, and returns it", () => {
  fc.assert(
    fc.property(fc.object(), (tree) => {
      expect(deepFreeze(tree)).toBe(tree);
      expect(isFrozenThroughout(tree)).toBe(true);
    }),
  );
});
