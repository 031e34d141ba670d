import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Limit, RateLimit } from "../../src/limits/limit.js";
import { limitWindow } from "../../src/limits/limit-window.js";
import { attack, moves, strike } from "./adversary.js";
import { calendarQuota, periodQuota, rate, timeMs } from "./arbitraries.js";
import { overshoot } from "./change-bound.js";
import { fewMoves, play, rules, stages } from "./changing-rules.js";
import { type LimitedKey, limitedKey } from "./limited-key.js";

const DAY_MS = 86_400_000;
const NOON_MS = Date.UTC(2026, 5, 21, 12);

const anyRate = fc.oneof(rate("gcra"), rate("fixed"));
const anyQuota = fc.oneof(calendarQuota, periodQuota);

/** A limit, and what an update makes of it: another amount, period, algorithm or zone under the same name. */
const change = fc
  .oneof(fc.tuple(anyRate, anyRate), fc.tuple(anyQuota, anyQuota), fc.tuple(anyRate, fc.nat(40)).map(otherAmount))
  .map(([from, to]) => ({ from, to: { ...to, name: from.name } }));

function otherAmount([from, limit]: [Limit, number]): [Limit, Limit] {
  return [from, { ...from, limit }];
}

describe("a limit that is changed in mid-flight", () => {
  it("promise 3: over any number of changes, admits N and N for each period in force that passes, and each limit its own bound", () => {
    fc.assert(
      fc.property(stages, timeMs, (plan, startMs) => {
        expect(overshoot(play(plan, startMs))).toBeLessThanOrEqual(1e-6);
      }),
    );
  });

  it.each([
    ["GCRA", "gcra"],
    ["fixed windows", "fixed"],
  ] as const)(
    "promise 3: a rate by %s, changed any number of times at one instant, admits the largest limit",
    (_, algorithm) => {
      const per = fc.constantFrom(2_000, 60_000, 61_001, 3_600_000);
      const chain = fc.array(fc.tuple(fc.constantFrom(0, 1, 7, 10, 40), per, fc.nat(50)), {
        minLength: 2,
        maxLength: 7,
      });
      fc.assert(
        fc.property(chain, timeMs, (played, nowMs) => {
          let key = limitedKey([]);
          let admitted = 0;
          for (const [limit, period, cost] of played) {
            key = key.changeTo([{ name: "burst", kind: "rate", limit, per: period, algorithm }], nowMs);
            admitted += cost > limit ? key.burst(nowMs) : strike(key, nowMs, Math.max(1, cost));
          }
          expect(admitted).toBeLessThanOrEqual(Math.max(...played.map(([limit]) => limit)));
        }),
      );
    },
  );

  it("promise 3: changed away and back, leaves no more than if it had never been changed", () => {
    fc.assert(
      fc.property(rules, fewMoves, stages, timeMs, (limit, plan, between, startMs) => {
        const untouched = limitedKey([limit]);
        const spentAtMs = attack(untouched, plan, startMs, DAY_MS).at(-1)?.atMs ?? startMs;
        let key = untouched.clone();
        let nowMs = spentAtMs;
        for (const stage of between) {
          key = key.changeTo([stage.limit], nowMs);
          nowMs += stage.waitMs;
          key.burst(nowMs);
        }
        const left = (it: LimitedKey) => it.peek(nowMs)[0]?.remaining ?? 0;
        expect(left(key.changeTo([limit], nowMs))).toBeLessThanOrEqual(left(untouched));
      }),
    );
  });

  it("goes on from what was spent: windows by the units, to or from GCRA by the share, rounded up", () => {
    fc.assert(
      fc.property(fc.tuple(anyRate, anyRate), fc.nat(40), timeMs, ([from, other], units, nowMs) => {
        const to = { ...other, name: from.name };
        fc.pre(from.per !== to.per || from.algorithm !== to.algorithm);
        const key = limitedKey([from]);
        const spent = Math.min(units, from.limit);
        if (spent > 0) key.spend(nowMs, spent);
        const [state] = key.changeTo([to], nowMs).peek(nowMs);
        const larger = to.algorithm === "gcra" ? to.limit : Math.max(from.limit, to.limit);
        const isByUnits = from.algorithm === "fixed" && to.algorithm === "fixed";
        const missing = isByUnits ? spent : Math.ceil((spent * larger) / from.limit);
        expect(state?.remaining).toBe(Math.max(0, to.limit - missing));
      }),
    );
  });

  it("is whole again when the new period ends, however long the former one was", () => {
    fc.assert(
      fc.property(change, moves, timeMs, ({ from, to }, plan, startMs) => {
        const former = limitedKey([from]);
        const changedAtMs = attack(former, plan, startMs, DAY_MS).at(-1)?.atMs ?? startMs;
        fc.pre(JSON.stringify({ ...from, limit: 0 }) !== JSON.stringify({ ...to, limit: 0 }));
        const key = former.changeTo([to], changedAtMs);
        const wholeAtMs = key.peek(changedAtMs)[0]?.resetAt ?? Number.NaN;
        const window = limitWindow(to, changedAtMs);
        const intervalMs =
          to.kind === "rate" ? Math.ceil((to.limit * Math.ceil((to.per * 1000) / Math.max(1, to.limit))) / 1000) : 0;
        expect(wholeAtMs).toBeLessThanOrEqual(Math.max(window?.endMs ?? 0, changedAtMs + intervalMs));
        expect(key.peek(wholeAtMs)[0]?.remaining).toBe(to.limit);
      }),
    );
  });

  it("changed to and fro, it forgets nothing that was spent under either", () => {
    const minute: RateLimit = { name: "burst", kind: "rate", limit: 10, per: 60_000, algorithm: "gcra" };
    const fixed: RateLimit = { ...minute, algorithm: "fixed" };
    let key = limitedKey([fixed]);
    key.spend(NOON_MS, 3);
    for (const [next, left] of [
      [minute, 5],
      [fixed, 3],
      [{ ...minute, per: 30 * DAY_MS }, 1],
      [fixed, 1],
    ] as const) {
      key = key.changeTo([next], NOON_MS);
      key.spend(NOON_MS, 2);
      expect(key.peek(NOON_MS)[0]?.remaining).toBe(left);
    }
  });

  it.each([
    ["a month to a day: what the month has used counts today", "month", "day"],
    ["a day to a month: what today has used counts this month", "day", "month"],
    ["a period to a day", 7 * DAY_MS, "day"],
  ] as const)("a quota from %s", (_, from, to) => {
    const quota = { name: "all", kind: "quota", limit: 10, timeZone: "UTC" } as const;
    const key = limitedKey([{ ...quota, refill: from }]);
    key.spend(NOON_MS, 7);
    const changed = key.changeTo([{ ...quota, refill: to }], NOON_MS);
    expect(changed.burst(NOON_MS)).toBe(3);
    const ends = changed.peek(NOON_MS)[0]?.resetAt ?? Number.NaN;
    expect(changed.burst(ends - 1)).toBe(0);
    expect(changed.burst(ends)).toBe(10);
  });

  it("of another kind it is another limit, and begins afresh", () => {
    const key = limitedKey([{ name: "all", kind: "credits", limit: 10 }]);
    key.spend(NOON_MS, 10);
    const quota = { name: "all", kind: "quota", limit: 10, refill: "day", timeZone: "UTC" } as const;
    expect(key.changeTo([quota], NOON_MS).burst(NOON_MS)).toBe(10);
  });
});
