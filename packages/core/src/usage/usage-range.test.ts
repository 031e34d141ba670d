import { describe, expect, it } from "vitest";
import { parseUsageRange } from "./usage-range.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 5, 21, 12);

describe("parseUsageRange", () => {
  it("is the last seven days with the hour under way unless told otherwise, also just as an hour begins", () => {
    const whole = { fromAt: NOW_MS - 7 * DAY_MS, beforeAt: NOW_MS + HOUR_MS };
    expect(parseUsageRange(undefined, NOW_MS)).toEqual(whole);
    expect(parseUsageRange({}, NOW_MS)).toEqual(whole);
    expect(parseUsageRange({}, 5)).toEqual({ fromAt: 0, beforeAt: 5 + HOUR_MS });
  });

  it("takes Dates and epoch ms, either of the two or both", () => {
    const [fromAt, beforeAt] = [NOW_MS - 30 * DAY_MS, NOW_MS - 20 * DAY_MS];
    expect(parseUsageRange({ from: new Date(fromAt), before: beforeAt }, NOW_MS)).toEqual({ fromAt, beforeAt });
    expect(parseUsageRange({ from: fromAt }, NOW_MS)).toEqual({ fromAt, beforeAt: NOW_MS + HOUR_MS });
    expect(parseUsageRange({ before: beforeAt }, NOW_MS)).toEqual({ fromAt: beforeAt - 7 * DAY_MS, beforeAt });
    expect(parseUsageRange({ from: NOW_MS + DAY_MS }, NOW_MS)).toEqual({
      fromAt: NOW_MS + DAY_MS,
      beforeAt: NOW_MS + DAY_MS + HOUR_MS,
    });
  });

  it("spans 400 days, and no more", () => {
    expect(parseUsageRange({ from: NOW_MS - 400 * DAY_MS }, NOW_MS).fromAt).toBe(NOW_MS - 400 * DAY_MS);
    expect(() => parseUsageRange({ from: NOW_MS - 400 * DAY_MS - 1 }, NOW_MS)).toThrow(
      /^from must be at most 400 days/,
    );
  });

  it.each([
    [{ from: NOW_MS, before: NOW_MS }, "before"],
    [{ from: NOW_MS, before: NOW_MS - 1 }, "before"],
    [{ from: "2026-06-21" }, "from"],
    [{ before: new Date("x") }, "before"],
    [{ before: -1 }, "before"],
    [{ until: NOW_MS }, "until"],
    [null, "range"],
    [NOW_MS, "range"],
  ])("refuses %o by name", (input, field) => {
    expect(() => parseUsageRange(input, NOW_MS)).toThrow(expect.objectContaining({ code: "invalid_input", field }));
  });
});
