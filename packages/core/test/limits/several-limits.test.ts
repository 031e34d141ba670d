import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyCharges } from "../../src/limits/apply-charges.js";
import { chargesFor } from "../../src/limits/charges-for.js";
import type { Limit } from "../../src/limits/limit.js";
import { moves } from "./adversary.js";
import { anyLimit, severalLimits, timeMs } from "./arbitraries.js";
import { type LimitedKey, limitedKey } from "./limited-key.js";

const PERIOD_MS = 60_000;
const DAY_MS = 86_400_000;

describe("limits of a key", () => {
  it("promise 3: a request is admitted if every limit has room for it; refused, it spends nothing of any", () => {
    fc.assert(
      fc.property(severalLimits, moves, timeMs, (limits, plan, startMs) => {
        const key = limitedKey(limits);
        let nowMs = startMs;
        for (const { waitMs, cost } of plan) {
          nowMs += waitMs(nowMs, PERIOD_MS);
          const before = key.meters();
          const refusing = limitsWithoutRoom(limits, key, nowMs, cost || 1);
          const { refusal } = key.spend(nowMs, cost || 1);
          expect(refusal === undefined).toBe(refusing.length === 0);
          if (refusal === undefined) continue;
          expect(key.meters()).toEqual(before);
          expect(refusal.code).toBe(refusing.every(({ kind }) => kind === "rate") ? "rate_limited" : "quota_exceeded");
        }
      }),
    );
  });

  it("a cost above a limit is denied on a fresh key too, by every kind, and no wait is named", () => {
    fc.assert(
      fc.property(
        anyLimit,
        fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constant(1e15)),
        timeMs,
        (limit, above, nowMs) => {
          const key = limitedKey([limit]);
          const { refusal, states } = key.spend(nowMs, limit.limit + above);
          expect(refusal).toEqual({ code: limit.kind === "rate" ? "rate_limited" : "quota_exceeded" });
          expect(states[0]?.remaining).toBe(limit.limit);
          expect(key.spend(nowMs, limit.limit).refusal).toBeUndefined();
        },
      ),
    );
  });

  it("a limit of 0 denies always, by every kind, and no wait is named", () => {
    fc.assert(
      fc.property(anyLimit, moves, timeMs, (given, plan, startMs) => {
        const limit = { ...given, limit: 0 };
        const key = limitedKey([limit]);
        let nowMs = startMs;
        for (const { waitMs, cost } of plan) {
          nowMs += waitMs(nowMs, PERIOD_MS);
          const { refusal, states } = key.spend(nowMs, cost || 1);
          expect(refusal).toEqual({ code: limit.kind === "rate" ? "rate_limited" : "quota_exceeded" });
          expect(states[0]?.remaining).toBe(0);
        }
        expect(key.meters()).toEqual(new Map());
      }),
    );
  });

  it("waiting exactly retryAfterMs succeeds, a millisecond less fails; without one no wait helps", () => {
    fc.assert(
      fc.property(severalLimits, moves, timeMs, (limits, plan, startMs) => {
        const key = limitedKey(limits);
        let nowMs = startMs;
        for (const { waitMs, cost } of plan) {
          nowMs += waitMs(nowMs, PERIOD_MS);
          const { refusal } = key.spend(nowMs, cost || 1);
          if (refusal === undefined) continue;
          const { retryAfterMs } = refusal;
          if (retryAfterMs === undefined) {
            expect(key.clone().spend(Date.UTC(2190, 0), cost || 1).refusal).toBeDefined();
          } else {
            expect(Number.isSafeInteger(retryAfterMs) && retryAfterMs > 0).toBe(true);
            expect(key.clone().spend(nowMs + retryAfterMs - 1, cost || 1).refusal).toBeDefined();
            expect(key.clone().spend(nowMs + retryAfterMs, cost || 1).refusal).toBeUndefined();
          }
        }
      }),
    );
  });

  it("a limit whose numbers are changed under its name: its state and its wait hold for what was spent before", () => {
    fc.assert(
      fc.property(
        anyLimit,
        anyLimit,
        timeMs,
        fc.integer({ min: -DAY_MS, max: DAY_MS }),
        (former, changed, spentMs, laterMs) => {
          const limit: Limit = { ...changed, name: former.name };
          const spent = limitedKey([former]);
          spent.burst(spentMs);
          const nowMs = spentMs + laterMs;
          const key = limitedKey([limit], spent.meters());
          const remaining = key.peek(nowMs)[0]?.remaining;
          expect(key.burst(nowMs)).toBe(remaining);
          const retryAfterMs = key.spend(nowMs).refusal?.retryAfterMs;
          expect(retryAfterMs === undefined).toBe(limit.kind === "credits");
          if (retryAfterMs === undefined) return;
          expect(key.clone().spend(nowMs + retryAfterMs - 1).refusal).toBeDefined();
          expect(key.clone().spend(nowMs + retryAfterMs).refusal).toBeUndefined();
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("a limit whose kind is changed under its name starts on a meter of its own", () => {
    const nowMs = Date.UTC(2026, 4, 20, 12);
    const kinds: readonly Limit[] = [
      { name: "calls", kind: "rate", limit: 5, per: 60_000, algorithm: "gcra" },
      { name: "calls", kind: "rate", limit: 5, per: 60_000, algorithm: "fixed" },
      { name: "calls", kind: "quota", limit: 5, refill: "month", timeZone: "UTC" },
      { name: "calls", kind: "credits", limit: 5 },
    ];
    const spent = limitedKey(kinds);
    expect(spent.burst(nowMs)).toBe(5);
    expect(spent.meters().size).toBe(4);
  });
});

function limitsWithoutRoom(limits: readonly Limit[], key: LimitedKey, nowMs: number, cost: number): readonly Limit[] {
  return limits.filter((limit) => applyCharges(key.meters(), chargesFor([limit], cost, nowMs), 1).admitted === 0);
}
