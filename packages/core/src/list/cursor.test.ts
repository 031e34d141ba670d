import fc from "fast-check";
import { expect, it } from "vitest";
import { HOSTILE } from "../../test/hostile.js";
import { refusalOf } from "../../test/refusal.js";
import { MAX_TIME_MS } from "../bounds.js";
import { formatCursor, parseCursor } from "./cursor.js";

const id = fc.stringMatching(/^[0-9A-Za-z]{16}$/);

it("comes back as the position that it was made of", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: MAX_TIME_MS }), id, (createdAt, keyId) => {
      expect(parseCursor(formatCursor({ createdAt, id: keyId }))).toEqual({ createdAt, id: keyId });
    }),
  );
});

it("is refused as soon as a character is changed to what formatCursor would not have written", () => {
  const cursor = formatCursor({ createdAt: 1_782_000_000_000, id: "Ab3dEfGh1jKlMn0p" });
  const edits = [
    cursor.toUpperCase(),
    ` ${cursor}`,
    `${cursor} `,
    `0${cursor}`,
    `+${cursor}`,
    `${cursor}_`,
    `${cursor}_x`,
    cursor.replace("_", "-"),
    cursor.slice(0, -1),
  ];
  for (const edit of ["", "_", "x", ...edits])
    expect(refusalOf(() => parseCursor(edit))).toMatchObject({ field: "cursor" });
});

it("is refused or parsed whatever the text, and never gives a position that no key can have", () => {
  const hostile = Object.values(HOSTILE)
    .map((make) => make())
    .filter((value) => typeof value === "string");
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom(...hostile)), (text) => {
      expect(refusalOf(() => parseCursor(text)).code).toBe("invalid_input");
    }),
  );
});
