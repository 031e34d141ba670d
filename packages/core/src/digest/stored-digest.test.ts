import { describe, expect, it } from "vitest";
import { isStoredDigest } from "./stored-digest.js";

const HEX = "0123456789abcdef".repeat(4);

describe("isStoredDigest", () => {
  it("takes both forms", () => {
    expect(isStoredDigest({ alg: "sha256", hex: HEX })).toBe(true);
    expect(isStoredDigest({ alg: "hmac-sha256", pepperId: "2026", hex: HEX })).toBe(true);
  });

  it.each([
    null,
    undefined,
    0,
    Number.NaN,
    {},
    [],
    "",
    "zz".repeat(32),
    HEX.toUpperCase(),
    HEX.slice(2),
    `${HEX}00`,
    `${HEX}\n`,
    `${HEX.slice(1)}é`,
    new Uint8Array(32),
  ])("refuses %j for 64 lower-case hex digits", (hex) => {
    expect(isStoredDigest({ alg: "sha256", hex })).toBe(false);
    expect(isStoredDigest({ alg: "hmac-sha256", pepperId: "2026", hex })).toBe(false);
  });

  it.each([
    null,
    undefined,
    "x",
    1,
    HEX,
    [],
    { hex: HEX },
    { alg: "md5", hex: HEX },
    { alg: "hmac-sha256", hex: HEX },
    { alg: "hmac-sha256", pepperId: null, hex: HEX },
  ])("refuses %j", (value) => {
    expect(isStoredDigest(value)).toBe(false);
  });
});
