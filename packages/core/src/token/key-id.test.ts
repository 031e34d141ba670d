import { describe, expect, it } from "vitest";
import { isKeyId } from "./key-id.js";

describe("isKeyId", () => {
  it("takes 16 characters of base62", () => {
    expect(isKeyId("0123456789ABCDEF")).toBe(true);
    expect(isKeyId("zzzzzzzzzzzzzzzz")).toBe(true);
  });

  it.each([
    "",
    "0123456789ABCDE",
    "0123456789ABCDEF0",
    "0123456789ABCDE_",
    "0123456789ABCDE\n",
    "0123456789ABCDÉF",
    null,
    undefined,
    1e15,
    ["0123456789ABCDEF"],
  ])("refuses %s", (value) => {
    expect(isKeyId(value)).toBe(false);
  });

  it("refuses 1 MB of letters", () => {
    expect(isKeyId("a".repeat(1_000_000))).toBe(false);
  });
});
