import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { equalConstantTime } from "./constant-time.js";

const hex = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 });

describe("equalConstantTime", () => {
  it("tells the same 64 digits from any others", () => {
    fc.assert(fc.property(hex, hex, (a, b) => equalConstantTime(a, b) === (a === b)));
    fc.assert(fc.property(hex, (a) => equalConstantTime(a, Array.from(a).join(""))));
  });

  it("tells a difference in any one digit", () => {
    fc.assert(
      fc.property(hex, fc.nat(63), (a, at) => {
        const digit = a.charAt(at) === "0" ? "1" : "0";
        expect(equalConstantTime(a, a.slice(0, at) + digit + a.slice(at + 1))).toBe(false);
      }),
    );
  });

  it.each([0, 1, 63, 65, 128])("says no to two equal texts of %s characters", (length) => {
    const text = "0".repeat(length);
    expect(equalConstantTime(text, text)).toBe(false);
    expect(equalConstantTime(text, "0".repeat(64))).toBe(false);
    expect(equalConstantTime("0".repeat(64), text)).toBe(false);
  });

  it("reads every character of both, wherever the first difference is", () => {
    const read = vi.spyOn(String.prototype, "charCodeAt");
    const reads = ["f".repeat(64), `f${"0".repeat(63)}`, `${"0".repeat(63)}f`, "0".repeat(64)].map((other) => {
      read.mockClear();
      equalConstantTime("0".repeat(64), other);
      return read.mock.calls.length;
    });
    read.mockRestore();
    expect(reads).toEqual([128, 128, 128, 128]);
  });
});
