import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";
import { plainMaker } from "./plain-maker.js";

const Pair = plainMaker<[number, string], { readonly left: number; readonly right: string }>(function (left, right) {
  this.left = left;
  this.right = right;
});

it("makes what a literal would have made", () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), (left, right) => {
      const made = new Pair(left, right);
      expect(isDeepStrictEqual(made, { left, right })).toBe(true);
      expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
      expect(Object.keys(made)).toEqual(["left", "right"]);
    }),
  );
});

it("leaves Object as it was", () => {
  const before = Reflect.ownKeys(Object.prototype);
  plainMaker<[], object>(function () {
    expect(this).toBeTypeOf("object");
  });
  expect(Object.prototype.constructor).toBe(Object);
  expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
});
