import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rate, severalLimits, timeMs } from "../../test/limits/arbitraries.js";
import type { ChargeResult } from "../store/meter-store.js";
import { applyCharges } from "./apply-charges.js";
import { carriedMeters, carryOver, changedPeriods, type LimitChange } from "./carry-over.js";
import type { Charge, Meter } from "./charge.js";
import type { Limit } from "./limit.js";

describe("changedPeriods", () => {
  it("finds of each limit that gets another period, algorithm or zone the former one of its name, wherever it stood", () => {
    fc.assert(
      fc.property(severalLimits, severalLimits, fc.nat(40), (limits, others, amount) => {
        const changed = limits.flatMap((from) =>
          otherPeriods(from).map((to) => ({ from, to: { ...to, limit: amount } })),
        );
        const before = [...renamed(others), ...limits];
        for (const change of changed) {
          const after = limits.map((limit) => (limit === change.from ? change.to : limit));
          expect(changedPeriods(before, after)).toEqual([change]);
          expect(changedPeriods(before.toReversed(), after)).toEqual([change]);
        }
      }),
    );
  });

  it("passes over a limit that is as before but for its amount, and one of another name or kind", () => {
    fc.assert(
      fc.property(severalLimits, fc.nat(40), (limits, amount) => {
        expect(
          changedPeriods(
            limits,
            limits.map((limit) => ({ ...limit, limit: amount })),
          ),
        ).toEqual([]);
        expect(changedPeriods(limits, renamed(limits.flatMap(otherPeriods)))).toEqual([]);
        expect(changedPeriods(limits, limits.map(ofAnotherKind))).toEqual([]);
      }),
    );
  });
});

describe("carryOver", () => {
  const anyRate = fc.oneof(rate("gcra"), rate("fixed"));
  const change = fc.tuple(anyRate, anyRate).map(([from, to]) => ({ from, to: { ...to, name: from.name } }));

  it("has nothing to carry where nothing was spent, or all that was is refilled", () => {
    fc.assert(
      fc.property(change, timeMs, ({ from, to }, nowMs) => {
        fc.pre(changedPeriods([from], [to]).length > 0);
        const laterMs = nowMs + 2 * from.per + 1;
        expect(carryOver({ from, to }, told(new Map(), { from, to }, nowMs), nowMs)).toBeUndefined();
        expect(carryOver({ from, to }, told(spentOf(from, nowMs), { from, to }, laterMs), laterMs)).toBeUndefined();
      }),
    );
  });

  it("carries what was spent onto the new meter; made twice, it does no more than once", () => {
    fc.assert(
      fc.property(change, timeMs, ({ from, to }, nowMs) => {
        fc.pre(changedPeriods([from], [to]).length > 0);
        const once = carried(spentOf(from, nowMs), { from, to }, nowMs);
        expect(once.size).toBe(2);
        expect(carried(once, { from, to }, nowMs)).toEqual(once);
      }),
    );
  });
});

/** The same limit under each other rule for its period that it may have; credits have none. */
function otherPeriods(limit: Limit): readonly Limit[] {
  if (limit.kind === "credits") return [];
  if (limit.kind === "rate") {
    const algorithm = limit.algorithm === "gcra" ? "fixed" : "gcra";
    return [
      { ...limit, per: limit.per + 1 },
      { ...limit, algorithm },
    ];
  }
  if (typeof limit.refill === "number") return [{ ...limit, refill: limit.refill + 1 }];
  return [
    { ...limit, refill: limit.refill === "day" ? "month" : "day" },
    { ...limit, timeZone: "Pacific/Chatham" },
  ];
}

/** By names that no limit begins with. */
function renamed(limits: readonly Limit[]): readonly Limit[] {
  return limits.map((limit, index) => ({ ...limit, name: `Other${index}` }));
}

function ofAnotherKind({ kind, name, limit }: Limit): Limit {
  return kind === "credits"
    ? { name, kind: "quota", limit, refill: "day", timeZone: "UTC" }
    : { name, kind: "credits", limit };
}

/** The meters after one unit of a limit. */
function spentOf(limit: Limit, nowMs: number): ReadonlyMap<string, Meter> {
  return applied(new Map(), carriedMeters({ from: limit, to: limit }, nowMs).slice(0, 1));
}

function told(stored: ReadonlyMap<string, Meter>, change: LimitChange, nowMs: number): ChargeResult {
  return { ...applyCharges(stored, carriedMeters(change, nowMs), 0), nowUs: nowMs * 1000 };
}

function carried(stored: ReadonlyMap<string, Meter>, change: LimitChange, nowMs: number): ReadonlyMap<string, Meter> {
  const charge = carryOver(change, told(stored, change, nowMs), nowMs);
  return charge === undefined ? stored : applied(stored, [charge]);
}

function applied(stored: ReadonlyMap<string, Meter>, charges: readonly Charge[]): ReadonlyMap<string, Meter> {
  const { meters } = applyCharges(stored, charges, 1);
  const after = new Map(stored);
  for (const [index, { meter: name }] of charges.entries()) {
    const meter = meters[index];
    if (meter) after.set(name, meter);
  }
  return after;
}
