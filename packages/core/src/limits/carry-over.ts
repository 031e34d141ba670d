import type { ChargeResult } from "../store/meter-store.js";
import type { Charge } from "./charge.js";
import { chargesFor } from "./charges-for.js";
import { gcraCarry, gcraOutstanding, isGcra } from "./gcra.js";
import type { Limit } from "./limit.js";
import { limitWindow } from "./limit-window.js";
import { windowCarry, windowUsed } from "./window-count.js";

/** A limit, and what it is to become. */
export interface LimitChange {
  readonly from: Limit;
  readonly to: Limit;
}

/**
 * The limits whose meter does not go on by itself under the new rule: of the same name and kind, with another period,
 * algorithm or time zone. Another amount alone goes on; another kind is another limit.
 */
export function changedPeriods(before: readonly Limit[], after: readonly Limit[]): readonly LimitChange[] {
  return after.flatMap((to): readonly LimitChange[] => {
    const from = before.find(({ name, kind }) => name === to.name && kind === to.kind);
    return from === undefined || samePeriod(from, to) ? [] : [{ from, to }];
  });
}

/** Charges, to be asked about with no units, on the meter that a changed limit has and on the one that it will have. */
export function carriedMeters({ from, to }: LimitChange, nowMs: number): readonly Charge[] {
  const [charge, next] = [...chargesFor([from], 1, nowMs), ...chargesFor([to], 1, nowMs)];
  if (charge === undefined || next === undefined) return [];
  return charge.meter === next.meter ? [charge] : [charge, next];
}

/**
 * What puts on the new limit's meter what was spent in the period under way, unit by unit, at most the whole new
 * limit. Made twice it does no more than once.
 *
 * **Bound**: together the two limits admit in any span of time no more than the larger of them, and what refills in
 * that span by the one that is in force. It does not cover who goes by the former limit after its meter was read.
 *
 * @param told of {@link carriedMeters}
 * @returns undefined: there is nothing to carry
 */
export function carryOver({ from, to }: LimitChange, told: ChargeResult, nowMs: number): Charge | undefined {
  const [before = null, after = null] = told.meters;
  const units = isGcra(from) ? gcraOutstanding(from, before, told.nowUs) : windowUsed(from, before, nowMs);
  if (units === 0) return undefined;
  if (isGcra(to)) return gcraCarry(to, units, nowMs);
  const goesOn = told.meters.length === 1 ? before : after;
  const startMs = limitWindow(to, nowMs)?.startMs ?? 0;
  const used = goesOn?.form === "window" && goesOn.windowAt >= startMs ? goesOn.used : 0;
  return used < units ? windowCarry(to, units, used, nowMs) : undefined;
}

function samePeriod(from: Limit, to: Limit): boolean {
  if (from.kind === "rate" && to.kind === "rate") return from.per === to.per && from.algorithm === to.algorithm;
  if (from.kind === "quota" && to.kind === "quota") return from.refill === to.refill && from.timeZone === to.timeZone;
  return true;
}
