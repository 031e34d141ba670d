import { describe, expect, it } from "vitest";
import { usageOption } from "./usage-option.js";

describe("usageOption", () => {
  it("is on, every five seconds and without evidence, unless told otherwise", () => {
    const defaults = { flushIntervalMs: 5_000, evidence: false };
    expect(usageOption("usage", undefined)).toEqual(defaults);
    expect(usageOption("usage", {})).toEqual(defaults);
    expect(usageOption("usage", { flushIntervalMs: 100, evidence: true })).toEqual({
      flushIntervalMs: 100,
      evidence: true,
    });
    expect(usageOption("usage", { flushIntervalMs: 60_000 })?.flushIntervalMs).toBe(60_000);
    expect(usageOption("usage", false)).toBeUndefined();
  });

  it.each([
    [{ flushIntervalMs: 99 }, "usage.flushIntervalMs must be a whole number from 100 to 60000; got 99"],
    [{ flushIntervalMs: 60_001 }, "usage.flushIntervalMs must be a whole number from 100 to 60000; got 60001"],
    [{ flushIntervalMs: "5s" }, 'usage.flushIntervalMs must be a whole number from 100 to 60000; got "5s"'],
    [{ evidence: "yes" }, 'usage.evidence must be true or false; got "yes"'],
    [{ interval: 5 }, 'usage has no field "interval"; allowed: flushIntervalMs, evidence'],
    [true, "usage must be an object with the fields flushIntervalMs, evidence; got true"],
    [null, "usage must be an object with the fields flushIntervalMs, evidence; got null"],
  ])("refuses %o by name", (value, message) => {
    expect(() => usageOption("usage", value)).toThrow(new TypeError(message));
  });
});
