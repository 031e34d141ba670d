import type { Meter, WindowCharge } from "./charge.js";
import { chargedUnits } from "./charged-units.js";
import type { Limit, LimitState } from "./limit.js";
import { limitWindow } from "./limit-window.js";
import { meterName } from "./meter-name.js";
import type { SpentShare } from "./spent-share.js";
import type { TimeWindow } from "./time-window.js";

/**
 * Charge of what is counted in windows: a rate by fixed windows, a quota, and credits, whose one window never ends.
 *
 * **Bound**, of a limit N:
 * - quota: N units in each day, month or period, exactly. A period and `rate` by fixed windows begin at the multiples
 *   of their length since the Unix epoch.
 * - rate by fixed windows: N in each window, hence up to 2N in a span of `per` across a border. A client that spaces
 *   requests evenly at half the rate is never refused.
 * - credits: N units ever, exactly; raising N grants the difference.
 *
 * A clock that steps back goes on spending in the newer window, so that no window is spent twice.
 *
 * @param cost a positive whole number
 * @param nowMs the caller's clock, epoch ms
 * @throws RangeError the runtime does not know the limit's time zone
 */
export function windowCharge(limit: Limit, cost: number, nowMs: number): WindowCharge {
  return {
    form: "window",
    meter: meterName(limit),
    windowAt: limitWindow(limit, nowMs)?.startMs ?? 0,
    add: chargedUnits(limit.limit, cost),
    ceiling: limit.limit,
  };
}

/** What the meter says of the limit, which is whole again when the window in which it was spent ends. */
export function windowState(limit: Limit, meter: Meter | null, nowMs: number): LimitState {
  const window = countingWindow(limit, meter, nowMs);
  const remaining = Math.max(0, limit.limit - usedIn(window, meter));
  const { name, kind } = limit;
  if (window === null) return { name, kind, limit: limit.limit, remaining };
  const windowMs = window.endMs - window.startMs;
  return { name, kind, limit: limit.limit, remaining, resetAt: window.endMs, windowMs };
}

/** In how many ms a request of this cost would fit, if nobody else spent; 0: now; null: never. */
export function windowWaitMs(limit: Limit, cost: number, meter: Meter | null, nowMs: number): number | null {
  if (cost > limit.limit) return null;
  const window = countingWindow(limit, meter, nowMs);
  if (usedIn(window, meter) + cost <= limit.limit) return 0;
  return window === null ? null : window.endMs - nowMs;
}

/** What was used in the window that counts. */
export function windowUsed(limit: Limit, meter: Meter | null, nowMs: number): number {
  return usedIn(countingWindow(limit, meter, nowMs), meter);
}

/** What was used in the window that counts, as a share of the limit. */
export function windowSpent(limit: Limit, meter: Meter | null, nowMs: number): SpentShare {
  const whole = Math.max(1, limit.limit);
  return { part: Math.min(windowUsed(limit, meter, nowMs), whole), whole };
}

/**
 * Brings what was used in the window around `nowMs` up to so many units.
 *
 * @returns undefined: it is there already
 */
export function windowCarry(limit: Limit, units: number, meter: Meter | null, nowMs: number): WindowCharge | undefined {
  const used = windowUsed(limit, meter, nowMs);
  if (used >= units) return undefined;
  const windowAt = limitWindow(limit, nowMs)?.startMs ?? 0;
  // A ceiling of just these units: what comes a second time, or beside other spend, is refused.
  return { form: "window", meter: meterName(limit), windowAt, add: units - used, ceiling: units };
}

// The stored window is ahead of the clock where that stepped back; it is the one that must end.
function countingWindow(limit: Limit, meter: Meter | null, nowMs: number): TimeWindow | null {
  return limitWindow(limit, meter?.form === "window" ? Math.max(nowMs, meter.windowAt) : nowMs);
}

function usedIn(window: TimeWindow | null, meter: Meter | null): number {
  if (meter?.form !== "window") return 0;
  return window === null || meter.windowAt >= window.startMs ? meter.used : 0;
}
