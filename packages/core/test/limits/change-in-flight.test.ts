import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Limit, RateLimit } from "../../src/limits/limit.js";
import { limitWindow } from "../../src/limits/limit-window.js";
import { type Admission, attack, moves } from "./adversary.js";
import { calendarQuota, periodQuota, rate, timeMs } from "./arbitraries.js";
import { limitedKey } from "./limited-key.js";

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

/** What refills by one rule in a span, at most: so many units, or a whole limit at each border of windows. */
function refilled(limit: Limit, fromMs: number, toMs: number): number {
  if (limit.kind === "rate" && limit.algorithm === "gcra") {
    return ((toMs - fromMs) * 1000) / Math.ceil((limit.per * 1000) / Math.max(1, limit.limit));
  }
  let borders = 0;
  for (let atMs = fromMs; ; borders += 1) {
    const window = limitWindow(limit, atMs);
    if (window === null || window.endMs > toMs || borders > 1000) return borders * limit.limit;
    atMs = window.endMs;
  }
}

/** Looks for a span in which more was admitted than the larger limit and what refilled. */
function overshoot(
  admissions: readonly Admission[],
  { from, to }: { from: Limit; to: Limit },
  changedAtMs: number,
): number {
  const larger = Math.max(from.limit, to.limit);
  let most = Number.NEGATIVE_INFINITY;
  admissions.forEach(({ atMs: beginMs }, first) => {
    let units = 0;
    for (const { atMs, units: more } of admissions.slice(first)) {
      units += more;
      const before = beginMs < changedAtMs ? refilled(from, beginMs, Math.min(atMs, changedAtMs)) : 0;
      const after = atMs > changedAtMs ? refilled(to, Math.max(beginMs, changedAtMs), atMs) : 0;
      most = Math.max(most, units - larger - before - after);
    }
  });
  return most;
}

describe("a limit that is changed in mid-flight", () => {
  it("promise 3: admits in any span no more than the larger of the two limits and what refills by the one in force", () => {
    fc.assert(
      fc.property(change, moves, moves, timeMs, (rules, before, after, startMs) => {
        const { from, to } = rules;
        const periodMs = (limit: Limit) => (limit.kind === "rate" ? limit.per : DAY_MS);
        const former = limitedKey([from]);
        const first = attack(former, before, startMs, periodMs(from));
        const changedAtMs = first.at(-1)?.atMs ?? startMs;
        const second = attack(former.changeTo([to], changedAtMs), after, changedAtMs, periodMs(to));
        expect(overshoot([...first, ...second], rules, changedAtMs)).toBeLessThanOrEqual(1e-6);
      }),
    );
  });

  it("goes on from what was spent: units that were spent in the period under way are missing from the new limit", () => {
    fc.assert(
      fc.property(fc.tuple(anyRate, anyRate), fc.nat(40), timeMs, ([from, other], units, nowMs) => {
        const to = { ...other, name: from.name };
        fc.pre(from.per !== to.per || from.algorithm !== to.algorithm);
        const key = limitedKey([from]);
        const spent = Math.min(units, from.limit);
        if (spent > 0) key.spend(nowMs, spent);
        const [state] = key.changeTo([to], nowMs).peek(nowMs);
        expect(state?.remaining).toBe(Math.max(0, to.limit - spent));
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
