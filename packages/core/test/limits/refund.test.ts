import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limitWindow } from "../../src/limits/limit-window.js";
import { type Admission, mostWithin, moves, strike } from "./adversary.js";
import { anyLimit, calendarQuota, credits, periodQuota, rate, timeMs } from "./arbitraries.js";
import { limitedKey } from "./limited-key.js";

const PERIOD_MS = 60_000;
const DAY_MS = 86_400_000;

/** What somebody does who asks for single requests, and has some of them taken back later. */
const plays = fc.array(
  fc.record({
    waitMs: fc.oneof(fc.constant(0), fc.nat(PERIOD_MS), fc.nat(40 * DAY_MS)),
    cost: fc.integer({ min: 1, max: 12 }),
    refunds: fc.option(fc.nat(20), { nil: undefined }),
  }),
  { minLength: 1, maxLength: 40 },
);

describe("a refund", () => {
  it("promise 3: gives back what was spent in the window that counts, no more and no less, in any order with charges", () => {
    fc.assert(
      fc.property(
        fc.oneof(rate("fixed"), calendarQuota, periodQuota, credits),
        plays,
        timeMs,
        (limit, plan, startMs) => {
          const key = limitedKey([limit]);
          const spent: { readonly atMs: number; readonly cost: number }[] = [];
          const windowAt = (atMs: number) => limitWindow(limit, atMs)?.startMs ?? 0;
          let nowMs = startMs;
          for (const { waitMs, cost, refunds } of plan) {
            nowMs += waitMs;
            if (key.spend(nowMs, cost).refusal === undefined) spent.push({ atMs: nowMs, cost });
            const [back] = refunds === undefined ? [] : spent.splice(refunds % Math.max(1, spent.length), 1);
            if (back !== undefined) key.refund(back.atMs, back.cost);
            const counting = spent.filter(({ atMs }) => windowAt(atMs) === windowAt(nowMs));
            const used = counting.reduce((sum, each) => sum + each.cost, 0);
            expect(key.peek(nowMs)[0]?.remaining).toBe(limit.limit - used);
          }
        },
      ),
    );
  });

  it("promise 3: of a rate by GCRA, admits no more than 2N − 1 and what was taken back in any span of a period", () => {
    fc.assert(
      fc.property(rate("gcra"), moves, fc.array(fc.boolean()), timeMs, (limit, plan, takenBack, startMs) => {
        const key = limitedKey([limit]);
        const kept: Admission[] = [];
        let nowMs = startMs;
        plan.forEach(({ waitMs, cost }, index) => {
          nowMs += waitMs(nowMs, limit.per);
          const units = strike(key, nowMs, cost);
          if (units > 0 && takenBack[index]) key.refund(nowMs, units);
          else kept.push({ atMs: nowMs, units });
          expect(key.peek(nowMs)[0]?.remaining).toBeLessThanOrEqual(limit.limit);
        });
        expect(mostWithin(kept, limit.per)).toBeLessThanOrEqual(2 * limit.limit - 1);
      }),
    );
  });

  it("at once leaves every limit as if nothing had been spent, and later never more than the whole limit", () => {
    fc.assert(
      fc.property(
        anyLimit,
        fc.array(fc.integer({ min: 1, max: 5 })),
        fc.nat(DAY_MS),
        timeMs,
        (limit, costs, laterMs, nowMs) => {
          const key = limitedKey([limit]);
          for (const cost of costs) key.spend(nowMs, cost);
          const before = key.peek(nowMs);
          const { refusal } = key.spend(nowMs, 1);
          if (refusal !== undefined) return;
          const late = key.clone();
          key.refund(nowMs, 1);
          expect(key.peek(nowMs)).toEqual(before);
          late.refund(nowMs, 1);
          const left = late.burst(nowMs + laterMs);
          expect(left).toBeLessThanOrEqual(limit.limit);
        },
      ),
    );
  });
});
