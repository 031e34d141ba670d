import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RateLimit } from "../../src/limits/limit.js";
import { attack, mostWithin, moves } from "./adversary.js";
import { rate, timeMs } from "./arbitraries.js";
import { limitedKey } from "./limited-key.js";

const START_MS = Date.UTC(2026, 0, 1);

describe("a rate by GCRA", () => {
  it("promise 3: admits at most 2N − 1 in any half-open span of a period, and N at once", () => {
    fc.assert(
      fc.property(rate("gcra"), moves, timeMs, (limit, plan, startMs) => {
        const admissions = attack(limitedKey([limit]), plan, startMs, limit.per);
        expect(mostWithin(admissions, limit.per)).toBeLessThanOrEqual(2 * limit.limit - 1);
        expect(mostWithin(admissions, 1)).toBeLessThanOrEqual(limit.limit);
      }),
    );
  });

  it("reaches its bound: N on a fresh key, and 2N − 1 within a period by asking every millisecond", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1000, max: 2000 }), (amount, per) => {
        const key = limitedKey([{ name: "burst", kind: "rate", limit: amount, per, algorithm: "gcra" }]);
        const admissions = Array.from({ length: per }, (_, ms) => ({
          atMs: START_MS + ms,
          units: key.burst(START_MS + ms),
        }));
        expect(admissions[0]?.units).toBe(amount);
        expect(mostWithin(admissions, per)).toBe(2 * amount - 1);
      }),
      { numRuns: 20 },
    );
  });

  it("never refuses a client that spaces its requests evenly at half the rate, whatever the phase", () => {
    fc.assert(
      fc.property(tightRate, timeMs, fc.nat(999), (limit, startMs, phaseUs) => {
        const key = limitedKey([limit]);
        const spacingUs = (2 * limit.per * 1000) / limit.limit;
        for (let sent = 0; sent < 300; sent += 1) {
          const atMs = startMs + Math.floor((phaseUs + sent * spacingUs) / 1000);
          expect(key.spend(atMs).refusal).toBeUndefined();
        }
      }),
    );
  });

  it("gives a greedy client its N a period but for the rounding to microseconds, after the first N", () => {
    fc.assert(
      fc.property(tightRate, timeMs, (limit, startMs) => {
        const key = limitedKey([limit]);
        let [nowMs, admitted] = [startMs, key.burst(startMs)];
        for (let round = 0; round < 100; round += 1) {
          nowMs += key.spend(nowMs).refusal?.retryAfterMs ?? Number.NaN;
          admitted += key.burst(nowMs);
        }
        const elapsedMs = nowMs - startMs;
        const refilled = Math.floor((elapsedMs * 1000) / ((limit.per * 1000) / limit.limit + 1));
        // All of a period of 1 ms passes between two looks at a clock of ms: what refills beyond N, less than a unit, is lost.
        const lost = limit.per === 1 ? elapsedMs : 0;
        expect(admitted).toBeGreaterThanOrEqual(limit.limit + refilled - lost);
      }),
    );
  });

  it("a period that is shortened takes effect at once", () => {
    const limit: RateLimit = { name: "burst", kind: "rate", limit: 3, per: 30 * 86_400_000, algorithm: "gcra" };
    const key = limitedKey([limit]);
    expect(key.burst(START_MS)).toBe(3);
    expect(limitedKey([{ ...limit, per: 60_000 }], key.meters()).burst(START_MS)).toBe(3);
  });

  it("a limit that is raised goes on from what was spent", () => {
    const limit: RateLimit = { name: "burst", kind: "rate", limit: 10, per: 60_000, algorithm: "gcra" };
    const key = limitedKey([limit]);
    expect(key.burst(START_MS)).toBe(10);
    expect(limitedKey([{ ...limit, limit: 20 }], key.meters()).burst(START_MS)).toBe(0);
  });
});

/** Up to the highest rate that there is: a unit a microsecond, where rounding weighs most. */
const tightRate: fc.Arbitrary<RateLimit> = fc
  .integer({ min: 1, max: 5000 })
  .chain((per) => fc.record({ per: fc.constant(per), limit: fc.integer({ min: 1, max: Math.min(per * 1000, 3000) }) }))
  .map(({ per, limit }) => ({ name: "burst", kind: "rate", limit, per, algorithm: "gcra" }));
