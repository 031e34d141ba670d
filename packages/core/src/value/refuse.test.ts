import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE } from "../../test/hostile.js";
import { generateToken } from "../token/token.js";
import { describeValue, invalidInput } from "./refuse.js";

describe("describeValue", () => {
  it.each(Object.entries(HOSTILE))("tells of %s in one short line", (_, make) => {
    expect(describeValue(make())).toMatch(/^[^\n]{1,100}$/);
  });

  it("is one short line for any value", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true }), (value) => {
        expect(describeValue(value)).toMatch(/^[^\n]{1,120}$/);
      }),
    );
  });

  it("shows no part of a token's secret, wherever it stands in the text", () => {
    const random = (bytes: number): Uint8Array =>
      Uint8Array.from({ length: bytes }, (_, index) => (index * 37 + bytes) % 251);
    const token = generateToken({ prefix: "acme_live", id: "Ab3dEfGh1jKlMn0p", random });
    const secret = token.slice("acme_live_Ab3dEfGh1jKlMn0p_".length);
    const windows = Array.from({ length: secret.length - 7 }, (_, at) => secret.slice(at, at + 8));
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.nat(70), (before, after, cut) => {
        const shown = describeValue("x ".repeat(before) + token.slice(0, token.length - cut) + " y".repeat(after));
        expect(windows.filter((window) => shown.includes(window))).toEqual([]);
      }),
    );
  });
});

it("invalidInput names the field, what it takes and what was given", () => {
  const error = invalidInput("limits[0].per", "a duration", "soon");
  expect(error).toMatchObject({ name: "ClavigerError", code: "invalid_input", field: "limits[0].per" });
  expect(error.message).toBe('limits[0].per must be a duration; got "soon"');
  expect(error.help).toBe("docs/reference/errors.md#invalid_input");
});
