import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Limit } from "../../src/limits/limit.js";
import { type Admission, type Move, mostWithin, moves, strike } from "./adversary.js";
import { anyLimit, calendarQuota, credits, periodQuota, rate, timeMs } from "./arbitraries.js";
import { type LimitedKey, limitedKey } from "./limited-key.js";
import { periodOf } from "./printed-period.js";

const MONTH_MS = 31 * 86_400_000;

/** A move, and by how many periods the clock is put back before it. */
type Step = Move & { readonly backMs: (periodMs: number) => number };

const steps: fc.Arbitrary<readonly Step[]> = moves.chain((plan) =>
  fc.tuple(...plan.map((move) => back.map((backMs) => ({ ...move, backMs })))),
);

const back: fc.Arbitrary<Step["backMs"]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(() => 0) },
  {
    weight: 1,
    arbitrary: fc
      .double({ min: 0, max: 5, noNaN: true })
      .map((share) => (periodMs: number) => Math.floor(share * periodMs)),
  },
  { weight: 1, arbitrary: fc.constant((periodMs: number) => periodMs) },
);

describe("a clock that steps back", () => {
  it("frees nothing: by true time a rate stays within its bound", () => {
    fc.assert(
      fc.property(fc.oneof(rate("gcra"), rate("fixed")), steps, timeMs, (limit, plan, startMs) => {
        const { admissions } = play(limitedKey([limit]), plan, startMs, limit.per);
        const bound = limit.algorithm === "gcra" ? 2 * limit.limit - 1 : 2 * limit.limit;
        expect(mostWithin(admissions, limit.per)).toBeLessThanOrEqual(bound);
      }),
    );
  });

  it("frees nothing: a quota gives N for each period that the clock has shown, credits N in all", () => {
    fc.assert(
      fc.property(fc.oneof(calendarQuota, periodQuota, credits), steps, timeMs, (limit, plan, startMs) => {
        const key = limitedKey([limit]);
        const { admissions, shown } = play(key, plan, startMs, stretchMs(limit));
        const periods = new Set(limit.kind === "quota" ? shown.map((atMs) => periodOf(limit, atMs)) : ["all"]);
        const spent = admissions.reduce((sum, { units }) => sum + units, 0);
        expect(spent).toBeLessThanOrEqual(limit.limit * periods.size);
      }),
    );
  });

  it("freezes nothing for good: once time has passed its former point by a period, what refills is admitted again", () => {
    fc.assert(
      fc.property(anyLimit, steps, timeMs, (limit, plan, startMs) => {
        fc.pre(limit.kind !== "credits");
        const key = limitedKey([limit]);
        const { shown } = play(key, plan, startMs, stretchMs(limit));
        expect(key.spend(Math.max(...shown) + stretchMs(limit)).refusal).toBeUndefined();
      }),
    );
  });

  it("is told of in the wait: by the clock that stepped back, exactly retryAfterMs later succeeds", () => {
    fc.assert(
      fc.property(anyLimit, timeMs, fc.nat(3 * MONTH_MS), (limit, nowMs, awayMs) => {
        fc.pre(limit.kind !== "credits");
        const key = limitedKey([limit]);
        key.burst(nowMs);
        const backMs = nowMs - awayMs;
        const { refusal, states } = key.spend(backMs);
        const retryAfterMs = refusal?.retryAfterMs ?? Number.NaN;
        expect(states[0]?.remaining).toBe(0);
        expect(key.spend(backMs + retryAfterMs - 1).refusal).toBeDefined();
        expect(key.spend(backMs + retryAfterMs).refusal).toBeUndefined();
      }),
    );
  });
});

/** Plays the steps; the admissions by true time, which only goes forward, and every time that the clock showed. */
function play(key: LimitedKey, plan: readonly Step[], startMs: number, periodMs: number): Played {
  let [clockMs, trueMs] = [startMs, startMs];
  const shown: number[] = [];
  const admissions = plan.map(({ waitMs, backMs, cost }) => {
    clockMs = Math.max(0, clockMs - backMs(periodMs));
    const waited = waitMs(clockMs, periodMs);
    clockMs += waited;
    trueMs += waited;
    shown.push(clockMs);
    return { atMs: trueMs, units: strike(key, clockMs, cost) };
  });
  return { admissions, shown };
}

interface Played {
  readonly admissions: readonly Admission[];
  readonly shown: readonly number[];
}

/** The longest that a period of the limit is. */
function stretchMs(limit: Limit): number {
  if (limit.kind === "rate") return limit.per;
  return limit.kind === "quota" && typeof limit.refill === "number" ? limit.refill : MONTH_MS;
}
