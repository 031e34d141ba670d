import { applyCharges } from "../../src/limits/apply-charges.js";
import { applyRefund } from "../../src/limits/apply-refund.js";
import { carriedMeters, carryOver, changedPeriods, type LimitChange } from "../../src/limits/carry-over.js";
import type { Charge, Meter } from "../../src/limits/charge.js";
import { chargesFor } from "../../src/limits/charges-for.js";
import { judgeLimits, type LimitJudgement } from "../../src/limits/judge-limits.js";
import type { Limit, LimitState } from "../../src/limits/limit.js";
import { refundsFor } from "../../src/limits/refunds-for.js";

const MAX_BURST = 10_000;

/** A key with limits and the plainest store there is: what verify does with them, without the rest. */
export interface LimitedKey {
  /** Asks for one request at a time of the caller's choosing. */
  spend(nowMs: number, cost?: number): LimitJudgement;
  /** Spends units one by one until the first refusal; how many were admitted. */
  burst(nowMs: number): number;
  /** The limits' states, without spending: no cost of this size fits. */
  peek(nowMs: number): readonly LimitState[];
  /** Takes back what a request of this cost at that time has spent. */
  refund(spentAtMs: number, cost: number): void;
  /** The same key under other limits, of the same names, carried over as an update does it. */
  changeTo(next: readonly Limit[], nowMs: number): LimitedKey;
  meters(): ReadonlyMap<string, Meter>;
  /** Another key, as this one is now. */
  clone(): LimitedKey;
}

export function limitedKey(limits: readonly Limit[], initial: ReadonlyMap<string, Meter> = new Map()): LimitedKey {
  const meters = new Map(initial);

  const spend = (nowMs: number, cost = 1): LimitJudgement => {
    const charges = chargesFor(limits, cost, nowMs);
    const applied = applyCharges(meters, charges, 1);
    keep(meters, charges, applied.meters);
    return judgeLimits(limits, cost, nowMs, { ...applied, nowUs: nowMs * 1000 });
  };

  return {
    spend,
    burst: (nowMs) => {
      let admitted = 0;
      while (spend(nowMs).refusal === undefined) {
        admitted += 1;
        if (admitted > MAX_BURST) throw new Error("nothing limits this key");
      }
      return admitted;
    },
    peek: (nowMs) => spend(nowMs, Number.MAX_SAFE_INTEGER).states,
    refund: (spentAtMs, cost) => {
      for (const refund of refundsFor(chargesFor(limits, cost, spentAtMs), [])) {
        const meter = meters.get(refund.meter);
        if (meter !== undefined) meters.set(refund.meter, applyRefund(meter, refund));
      }
    },
    changeTo: (next, nowMs) => {
      const carried = new Map(meters);
      // Twice, as before and after the write.
      for (const change of [...changedPeriods(limits, next), ...changedPeriods(limits, next)])
        carry(carried, change, nowMs);
      return limitedKey(next, carried);
    },
    meters: () => new Map(meters),
    clone: () => limitedKey(limits, meters),
  };
}

function carry(meters: Map<string, Meter>, change: LimitChange, nowMs: number): void {
  const told = applyCharges(meters, carriedMeters(change, nowMs), 0);
  const charge = carryOver(change, { ...told, nowUs: nowMs * 1000 }, nowMs);
  if (charge !== undefined) keep(meters, [charge], applyCharges(meters, [charge], 1).meters);
}

function keep(meters: Map<string, Meter>, charges: readonly Charge[], after: readonly (Meter | null)[]): void {
  for (const [index, charge] of charges.entries()) {
    const meter = after[index];
    if (meter) meters.set(charge.meter, meter);
  }
}
