import fc from "fast-check";
import { expect, it } from "vitest";
import { codePoint } from "../../test/code-point.js";
import { utf8Length } from "./utf8-length.js";

it("is what an encoder makes of a well-formed text", () => {
  fc.assert(
    fc.property(fc.string({ unit: codePoint, maxLength: 50 }), (text) => {
      expect(utf8Length(text)).toBe(Buffer.byteLength(text, "utf8"));
    }),
  );
});
