import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BASE62, encodeBase62, isBase62 } from "./base62.js";

function decode(text: string): number {
  return Array.from(text).reduce((value, digit) => value * 62 + BASE62.indexOf(digit), 0);
}

describe("encodeBase62", () => {
  it("has one spelling of each number, of the width asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 62 ** 6 - 1 }), (n) => {
        const text = encodeBase62(n, 6);
        expect(text).toMatch(/^[0-9A-Za-z]{6}$/);
        expect(decode(text)).toBe(n);
      }),
    );
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 62 ** 6])("refuses %s rather than cut it", (n) => {
    expect(() => encodeBase62(n, 6)).toThrow(
      new RangeError(`n must be a whole number that 6 digits of base62 hold; got ${n}`),
    );
  });
});

describe("isBase62", () => {
  it("takes 62 of all characters", () => {
    const digits = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter((character) =>
      isBase62(character, 0, 1),
    );
    expect(digits.join("")).toBe(BASE62);
  });

  it("looks at the range alone, and at no range outside the text", () => {
    expect(isBase62("_ab_", 1, 3)).toBe(true);
    expect(isBase62("_ab_", 0, 3)).toBe(false);
    expect(isBase62("_ab_", 1, 4)).toBe(false);
    expect(isBase62("ab", 0, 3)).toBe(false);
    expect(isBase62("ab", -1, 2)).toBe(false);
  });
});
