import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePoint } from "../../test/code-point.js";
import { isStorable, text } from "./text.js";

const accepts = (value: unknown, maxLength = 10): boolean => text(maxLength).safeParse(value).success;

describe("text", () => {
  it("takes any whole text of 1 to max code units that is more than white space", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 10 }), (value) => {
        fc.pre(value.trim() !== "" && !value.includes("\0") && value.length <= 10);
        expect(text(10).safeParse(value)).toMatchObject({ success: true, data: value });
      }),
    );
  });

  it("counts UTF-16 code units", () => {
    expect(accepts("😀😀😀😀😀")).toBe(true);
    expect(accepts("😀😀😀😀😀x")).toBe(false);
  });

  it.each([
    "",
    " ",
    "\t\n",
    "\u00a0",
    "a\0",
    "\ud800",
    "a\udc00",
    "\udc00\ud800",
    null,
    undefined,
    5,
    ["a"],
    new String("a"),
  ])("refuses %j", (value) => {
    expect(accepts(value)).toBe(false);
  });
});

describe("isStorable", () => {
  it("is every well-formed text without NUL", () => {
    const wellFormed = fc.string({ unit: codePoint });
    fc.assert(
      fc.property(wellFormed, wellFormed, fc.constantFrom("", "\0", "\ud800", "\udfff"), (before, after, mark) => {
        const value = before + mark + after;
        expect(isStorable(value)).toBe(mark === "" && !value.includes("\0"));
      }),
    );
  });
});
