import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { QuotaLimit } from "../../src/limits/limit.js";
import { type Admission, attack, moves } from "./adversary.js";
import { calendarQuota, periodQuota, timeMs } from "./arbitraries.js";
import { limitedKey } from "./limited-key.js";
import { periodOf } from "./printed-period.js";

const DAY_MS = 86_400_000;

describe("a quota", () => {
  it("promise 3: admits never more than N in a local day, month or period, and N of who asks for all", () => {
    fc.assert(
      fc.property(fc.oneof(calendarQuota, periodQuota), moves, timeMs, (limit, plan, startMs) => {
        const periodMs =
          typeof limit.refill === "number" ? limit.refill : limit.refill === "day" ? DAY_MS : 30 * DAY_MS;
        const key = limitedKey([limit]);
        const admissions = attack(key, plan, startMs, periodMs);
        for (const units of perPeriod(limit, admissions).values()) expect(units).toBeLessThanOrEqual(limit.limit);

        const greedy = plan.map((move) => ({ ...move, cost: 0 }));
        const taken = attack(limitedKey([limit]), greedy, startMs, periodMs);
        for (const units of perPeriod(limit, taken).values()) expect(units).toBe(limit.limit);
      }),
    );
  });

  it("is whole again at the first instant of the next day, month or period, and not before", () => {
    fc.assert(
      fc.property(fc.oneof(calendarQuota, periodQuota), timeMs, (limit, startMs) => {
        const key = limitedKey([limit]);
        expect(key.burst(startMs)).toBe(limit.limit);
        const resetAt = key.peek(startMs)[0]?.resetAt ?? Number.NaN;
        expect(periodOf(limit, resetAt)).not.toBe(periodOf(limit, startMs));
        expect(periodOf(limit, resetAt - 1)).toBe(periodOf(limit, startMs));
        expect(key.burst(resetAt - 1)).toBe(0);
        expect(key.burst(resetAt)).toBe(limit.limit);
      }),
    );
  });

  it("a month's quota that becomes a day's, or the other way, never counts less than was spent in the new period", () => {
    const nowMs = Date.UTC(2026, 4, 20, 12);
    const daily: QuotaLimit = { name: "calls", kind: "quota", limit: 10, refill: "day", timeZone: "UTC" };
    const key = limitedKey([daily]);
    expect(key.burst(nowMs)).toBe(10);
    const monthly = key.changeTo([{ ...daily, refill: "month", limit: 15 }], nowMs);
    expect(monthly.burst(nowMs)).toBe(5);
    expect(monthly.burst(Date.UTC(2026, 5, 1) - 1)).toBe(0);
    expect(monthly.burst(Date.UTC(2026, 5, 1))).toBe(15);
  });
});

function perPeriod(limit: QuotaLimit, admissions: readonly Admission[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { atMs, units } of admissions) {
    const period = periodOf(limit, atMs);
    sums.set(period, (sums.get(period) ?? 0) + units);
  }
  return sums;
}
