import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attack, moves } from "../../test/limits/adversary.js";
import { anyLimit, severalLimits, timeMs } from "../../test/limits/arbitraries.js";
import { limitedKey } from "../../test/limits/limited-key.js";
import type { ChargeResult } from "../store/meter-store.js";
import { applyCharges, shiftCharges } from "./apply-charges.js";
import type { Charge, Meter } from "./charge.js";
import { chargesFor } from "./charges-for.js";
import { judgeLimits } from "./judge-limits.js";
import type { Limit } from "./limit.js";

const PERIOD_MS = 60_000;

describe("judgeLimits", () => {
  it("remaining is what is admitted at once, neither more nor less, a whole number", () => {
    fc.assert(
      fc.property(anyLimit, moves, timeMs, (limit, plan, startMs) => {
        const key = limitedKey([limit]);
        const nowMs = attack(key, plan, startMs, PERIOD_MS).at(-1)?.atMs ?? startMs;
        const remaining = key.peek(nowMs)[0]?.remaining;
        expect(key.clone().burst(nowMs)).toBe(remaining);
      }),
    );
  });

  it("at resetAt the limit is whole, and what was spent is not whole before; credits have none", () => {
    fc.assert(
      fc.property(anyLimit, moves, timeMs, (limit, plan, startMs) => {
        const key = limitedKey([limit]);
        const nowMs = attack(key, plan, startMs, PERIOD_MS).at(-1)?.atMs ?? startMs;
        const state = key.peek(nowMs)[0];
        if (limit.kind === "credits") {
          expect(state).not.toHaveProperty("resetAt");
          expect(state).not.toHaveProperty("windowMs");
          return;
        }
        const resetAt = state?.resetAt ?? Number.NaN;
        expect(resetAt).toBeGreaterThanOrEqual(nowMs);
        expect(key.peek(resetAt)[0]?.remaining).toBe(limit.limit);
        if (state?.remaining !== limit.limit) expect(key.peek(resetAt - 1)[0]?.remaining).toBeLessThan(limit.limit);
      }),
    );
  });

  it("windowMs is the period, of a calendar's the current one, daylight saving included", () => {
    const limits: readonly Limit[] = [
      { name: "a", kind: "rate", limit: 3, per: 1000, algorithm: "gcra" },
      { name: "b", kind: "rate", limit: 3, per: 60_000, algorithm: "fixed" },
      { name: "c", kind: "quota", limit: 3, refill: "day", timeZone: "Europe/Berlin" },
      { name: "d", kind: "quota", limit: 3, refill: "month", timeZone: "UTC" },
      { name: "e", kind: "quota", limit: 3, refill: 5_000, timeZone: "UTC" },
    ];
    const states = limitedKey(limits).peek(Date.UTC(2026, 2, 29, 12));
    expect(states.map(({ windowMs }) => windowMs)).toEqual([1000, 60_000, 23 * 3_600_000, 31 * 86_400_000, 5_000]);
  });

  it("states stand in declared order, admitted or not, with what each limit is", () => {
    fc.assert(
      fc.property(severalLimits, fc.integer({ min: 1, max: 50 }), timeMs, (limits, cost, nowMs) => {
        const { states } = limitedKey(limits).spend(nowMs, cost);
        const told = states.map(({ name, kind, limit }) => ({ name, kind, limit }));
        expect(told).toEqual(limits.map(({ name, kind, limit }) => ({ name, kind, limit })));
      }),
    );
  });

  it("tells the same on the caller's clock where a store went by its own", () => {
    fc.assert(
      fc.property(
        severalLimits,
        moves,
        timeMs,
        fc.integer({ min: -1e9, max: 1e9 }),
        (limits, plan, startMs, aheadUs) => {
          const key = limitedKey(limits);
          const nowMs = attack(key, plan, startMs, PERIOD_MS).at(-1)?.atMs ?? startMs;
          const charges = chargesFor(limits, 1, nowMs);
          const ahead = new Map([...key.meters()].map(([name, meter]) => [name, laterBy(meter, aheadUs)] as const));
          const applied = applyCharges(ahead, shiftCharges(charges, aheadUs), 1);
          expect(judgeLimits(limits, 1, nowMs, { ...applied, nowUs: nowMs * 1000 + aheadUs })).toEqual(
            key.spend(nowMs),
          );
        },
      ),
    );
  });

  it("of a request that is refused, exactly the limits without room for it are told as refusing; else none", () => {
    fc.assert(
      fc.property(severalLimits, moves, fc.integer({ min: 1, max: 12 }), timeMs, (limits, plan, cost, startMs) => {
        const key = limitedKey(limits);
        const nowMs = attack(key, plan, startMs, PERIOD_MS).at(-1)?.atMs ?? startMs;
        const hasRoom = (limit: Limit) =>
          applyCharges(key.meters(), chargesFor([limit], cost, nowMs), 1).admitted === 1;
        const refusing = limits.map((limit) => (hasRoom(limit) ? undefined : true));
        expect(key.spend(nowMs, cost).states.map(({ refused }) => refused)).toEqual(refusing);
      }),
    );
  });

  it("limits that are shared count like the key's own: they follow those, the owner's first, and say who shares them", () => {
    const own = fc.oneof(fc.constant([]), fc.tuple(anyLimit), severalLimits);
    const cost = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(
        fc.tuple(own, severalLimits, severalLimits),
        cost,
        cost,
        timeMs,
        ([limits, ownerLimits, tenantLimits], spent, asked, nowMs) => {
          const all = [...limits, ...ownerLimits, ...tenantLimits];
          const stored = spentOnEach(all, spent, nowMs);
          const result = { ...applyCharges(stored, chargesOnEach(all, asked, nowMs), 1), nowUs: nowMs * 1000 };
          const sharers = [
            ...limits.map(() => ({})),
            ...ownerLimits.map(() => ({ sharedBy: "owner" })),
            ...tenantLimits.map(() => ({ sharedBy: "tenant" })),
          ];
          const { states, ...decided } = judgeLimits(all, asked, nowMs, result);
          expect(judgeLimits(limits, asked, nowMs, result, { ownerLimits, tenantLimits })).toEqual({
            ...decided,
            states: states.map((state, index) => ({ ...state, ...sharers[index] })),
          });
        },
      ),
    );
  });

  it("a quota that refuses beside a rate is quota_exceeded, whatever their order; the wait is the longer one", () => {
    const limits: readonly Limit[] = [
      { name: "burst", kind: "rate", limit: 1, per: 1000, algorithm: "gcra" },
      { name: "daily", kind: "quota", limit: 1, refill: "day", timeZone: "UTC" },
    ];
    const nowMs = Date.UTC(2026, 0, 1, 18);
    for (const declared of [limits, limits.toReversed()]) {
      const key = limitedKey(declared);
      expect(key.spend(nowMs).refusal).toBeUndefined();
      expect(key.spend(nowMs).refusal).toEqual({ code: "quota_exceeded", retryAfterMs: 6 * 3_600_000 });
    }
  });

  it("a limit that is lowered below what was spent has 0 remaining", () => {
    fc.assert(
      fc.property(anyLimit, timeMs, (limit, nowMs) => {
        const key = limitedKey([limit]);
        key.burst(nowMs);
        expect(limitedKey([{ ...limit, limit: 0 }], key.meters()).peek(nowMs)[0]?.remaining).toBe(0);
      }),
    );
  });

  it("believes a store that refuses though its meters show room: refused, and no wait is known", () => {
    const limits: readonly Limit[] = [{ name: "total", kind: "credits", limit: 5 }];
    const refused: ChargeResult = { admitted: 0, meters: [null], nowUs: 0 };
    expect(judgeLimits(limits, 1, 0, refused).refusal).toEqual({ code: "rate_limited" });
  });
});

/** What a request spends on limits whose names may be the same: each has a meter of its own. */
function chargesOnEach(limits: readonly Limit[], cost: number, nowMs: number): readonly Charge[] {
  return chargesFor(limits, cost, nowMs).map((charge, index) => ({ ...charge, meter: `m${index}` }));
}

/** The meters of those limits after a request of this cost under each that has room for it. */
function spentOnEach(limits: readonly Limit[], cost: number, nowMs: number): ReadonlyMap<string, Meter> {
  const stored = new Map<string, Meter>();
  for (const charge of chargesOnEach(limits, cost, nowMs)) {
    const [meter] = applyCharges(stored, [charge], 1).meters;
    if (meter) stored.set(charge.meter, meter);
  }
  return stored;
}

function laterBy(meter: Meter, us: number): Meter {
  return meter.form === "gcra" ? { form: "gcra", tatUs: meter.tatUs + us } : meter;
}
