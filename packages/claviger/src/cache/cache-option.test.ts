import { describe, expect, it } from "vitest";
import { cacheOption } from "./cache-option.js";

const given = (value: unknown): unknown => cacheOption(value as never);

describe("the option cache", () => {
  it("absent is none", () => {
    expect(cacheOption(undefined)).toBeUndefined();
  });

  it.each([
    [1, 1],
    [5_000, 100_000],
    [3_600_000, 10_000_000],
  ])("takes maxStaleMs %d and maxEntries %d", (maxStaleMs, maxEntries) => {
    expect(cacheOption({ maxStaleMs, maxEntries })).toEqual({ maxStaleMs, maxEntries });
  });

  it.each([
    [{ maxStaleMs: 0, maxEntries: 1 }, "cache.maxStaleMs must be a whole number from 1 to 3600000; got 0"],
    [
      { maxStaleMs: 3_600_001, maxEntries: 1 },
      "cache.maxStaleMs must be a whole number from 1 to 3600000; got 3600001",
    ],
    [{ maxStaleMs: 0.5, maxEntries: 1 }, "cache.maxStaleMs must be a whole number from 1 to 3600000; got 0.5"],
    [{ maxStaleMs: "5s", maxEntries: 1 }, 'cache.maxStaleMs must be a whole number from 1 to 3600000; got "5s"'],
    [{ maxEntries: 1 }, "cache.maxStaleMs must be a whole number from 1 to 3600000; got undefined"],
    [{ maxStaleMs: 1, maxEntries: 0 }, "cache.maxEntries must be a whole number from 1 to 10000000; got 0"],
    [
      { maxStaleMs: 1, maxEntries: 10_000_001 },
      "cache.maxEntries must be a whole number from 1 to 10000000; got 10000001",
    ],
    [{ maxStaleMs: 1 }, "cache.maxEntries must be a whole number from 1 to 10000000; got undefined"],
    [{ maxStaleMs: 1, maxEntries: 1, ttl: 5 }, 'cache has no field "ttl"; allowed: maxStaleMs, maxEntries'],
    [true, "cache must be an object with the fields maxStaleMs, maxEntries; got true"],
    [null, "cache must be an object with the fields maxStaleMs, maxEntries; got null"],
  ])("%j is refused, and why", (value, message) => {
    expect(() => given(value)).toThrow(new TypeError(message));
  });
});
