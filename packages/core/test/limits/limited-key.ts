import { applyCharges } from "../../src/limits/apply-charges.js";
import type { Charge, Meter } from "../../src/limits/charge.js";
import { chargesFor } from "../../src/limits/charges-for.js";
import { judgeLimits, type LimitJudgement } from "../../src/limits/judge-limits.js";
import type { Limit, LimitState } from "../../src/limits/limit.js";

const MAX_BURST = 10_000;

/** A key with limits and the plainest store there is: what verify does with them, without the rest. */
export interface LimitedKey {
  /** Asks for one request at a time of the caller's choosing. */
  spend(nowMs: number, cost?: number): LimitJudgement;
  /** Spends units one by one until the first refusal; how many were admitted. */
  burst(nowMs: number): number;
  /** The limits' states, without spending: no cost of this size fits. */
  peek(nowMs: number): readonly LimitState[];
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
    meters: () => new Map(meters),
    clone: () => limitedKey(limits, meters),
  };
}

function keep(meters: Map<string, Meter>, charges: readonly Charge[], after: readonly (Meter | null)[]): void {
  for (const [index, charge] of charges.entries()) {
    const meter = after[index];
    if (meter) meters.set(charge.meter, meter);
  }
}
