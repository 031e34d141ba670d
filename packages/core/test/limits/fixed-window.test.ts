import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Admission, attack, mostWithin, moves } from "./adversary.js";
import { rate, timeMs } from "./arbitraries.js";
import { limitedKey } from "./limited-key.js";

describe("a rate by fixed windows", () => {
  it("promise 3: admits at most N in each window, and at most 2N in any span of a period", () => {
    fc.assert(
      fc.property(rate("fixed"), moves, timeMs, (limit, plan, startMs) => {
        const admissions = attack(limitedKey([limit]), plan, startMs, limit.per);
        expect(mostWithin(admissions, limit.per)).toBeLessThanOrEqual(2 * limit.limit);
        for (const units of perWindow(admissions, limit.per).values()) expect(units).toBeLessThanOrEqual(limit.limit);
      }),
    );
  });

  it("reaches its bound: 2N around a border, the windows counted from the epoch", () => {
    fc.assert(
      fc.property(rate("fixed"), fc.integer({ min: 1, max: 1_000_000 }), (limit, windows) => {
        const key = limitedKey([limit]);
        const borderMs = windows * limit.per;
        expect(key.burst(borderMs - 1)).toBe(limit.limit);
        expect(key.burst(borderMs)).toBe(limit.limit);
      }),
    );
  });

  it("never refuses a client that spaces its requests evenly at half the rate, whatever the phase", () => {
    fc.assert(
      fc.property(rate("fixed"), timeMs, fc.nat(999), (limit, startMs, phaseUs) => {
        const key = limitedKey([limit]);
        const spacingUs = (2 * limit.per * 1000) / limit.limit;
        for (let sent = 0; sent < 200; sent += 1) {
          const atMs = startMs + Math.floor((phaseUs + sent * spacingUs) / 1000);
          expect(key.spend(atMs).refusal).toBeUndefined();
        }
      }),
    );
  });

  it("gives a greedy client N in every window", () => {
    fc.assert(
      fc.property(rate("fixed"), timeMs, (limit, startMs) => {
        const key = limitedKey([limit]);
        let nowMs = startMs;
        for (let round = 0; round < 30; round += 1) {
          expect(key.burst(nowMs)).toBe(limit.limit);
          nowMs += key.spend(nowMs).refusal?.retryAfterMs ?? Number.NaN;
        }
      }),
    );
  });
});

function perWindow(admissions: readonly Admission[], per: number): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const { atMs, units } of admissions) {
    const window = Math.floor(atMs / per);
    sums.set(window, (sums.get(window) ?? 0) + units);
  }
  return sums;
}
