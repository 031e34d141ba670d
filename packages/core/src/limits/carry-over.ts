import type { ChargeResult } from "../store/meter-store.js";
import type { Charge } from "./charge.js";
import { chargesFor } from "./charges-for.js";
import { gcraCarry, gcraSpent, isGcra } from "./gcra.js";
import type { Limit } from "./limit.js";
import { meterName } from "./meter-name.js";
import { shareOf } from "./spent-share.js";
import { windowCarry, windowSpent, windowUsed } from "./window-count.js";

/** A limit, and what it is to become. */
export interface LimitChange {
  readonly from: Limit;
  readonly to: Limit;
}

/**
 * The limits whose meter does not go on under the new rule: of the same name and kind, with another period, algorithm or
 * time zone. Another amount alone goes on; another kind is another limit.
 */
export function changedPeriods(before: readonly Limit[], after: readonly Limit[]): readonly LimitChange[] {
  return after.flatMap((to): readonly LimitChange[] => {
    const from = before.find(({ name, kind }) => name === to.name && kind === to.kind);
    return from === undefined || meterName(from) === meterName(to) ? [] : [{ from, to }];
  });
}

/** Charges, to be asked about with no units, on the meter that a changed limit has and on the one that it will have. */
export function carriedMeters({ from, to }: LimitChange, nowMs: number): readonly Charge[] {
  return chargesFor([from, to], 1, nowMs);
}

/**
 * What brings the new limit's meter up to what is spent by the former one, unless it is there already: between windows
 * unit by unit; to or from GCRA, which knows no units, by the share of the limit that is spent, rounded up, and from
 * GCRA to windows that share of the larger of the two. Made twice it does no more than once.
 *
 * **Bound**, over any number of changes: in a span of time in which the largest of the amounts in force is N, the limits
 * admit together N, and N for each period of the limit in force that passes (by GCRA in proportion to the time, by
 * windows for each that begins); and each limit no more than its own bound, however often it goes and comes back. To this
 * add N for each change from GCRA to windows between two amounts that are both below N, and N² / `per` in µs for each
 * change of a GCRA rate's amount alone, since its interval is rounded up. So it is because nothing but time takes from
 * the share that is spent (of windows: the units, as a share of N), of which N units are all; and because each meter is
 * only ever raised. It does not cover who goes by a former limit after its meter was read.
 *
 * @param told of {@link carriedMeters}
 * @returns undefined: there is nothing to carry
 */
export function carryOver({ from, to }: LimitChange, told: ChargeResult, nowMs: number): Charge | undefined {
  const [before = null, after = null] = told.meters;
  if (isGcra(to)) {
    const spent = isGcra(from) ? gcraSpent(from, before, told.nowUs) : windowSpent(from, before, nowMs);
    return spent.part > 0 ? gcraCarry(to, spent, nowMs) : undefined;
  }
  const units = isGcra(from)
    ? shareOf(Math.max(from.limit, to.limit), gcraSpent(from, before, told.nowUs))
    : windowUsed(from, before, nowMs);
  return windowCarry(to, units, after, nowMs);
}
