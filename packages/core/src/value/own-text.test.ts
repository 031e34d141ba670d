import fc from "fast-check";
import { expect, it } from "vitest";
import { ownText } from "./own-text.js";

it("is the part that slice gives, whatever the characters", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.nat(60), fc.nat(60), (text, one, other) => {
      const [start, end] = [Math.min(one, other, text.length), Math.min(Math.max(one, other), text.length)];
      expect(ownText(text, start, end)).toBe(text.slice(start, end));
    }),
  );
  expect(ownText("a\ud83d\udd11\0", 1, 4)).toBe("\ud83d\udd11\0");
  expect(ownText("\ud83d\udd11", 1, 2)).toBe("\udd11");
});
