import type { Meter, WindowCharge } from "./charge.js";
import { chargedUnits } from "./charged-units.js";
import type { Limit } from "./limit.js";
import { limitWindow } from "./limit-window.js";
import type { Reading } from "./reading.js";

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
    // Another kind of the same name is another meter: credits must not go on from what a quota has counted.
    meter: `${limit.kind === "rate" ? "fixed" : limit.kind}:${limit.name}`,
    windowAt: limitWindow(limit, nowMs)?.startMs ?? 0,
    add: chargedUnits(limit.limit, cost),
    ceiling: limit.limit,
  };
}

/** What the meter says of the limit, which is whole again when the window in which it was spent ends. */
export function windowReading(limit: Limit, cost: number, meter: Meter | null, nowMs: number): Reading {
  const spent = meter?.form === "window" ? meter : { windowAt: 0, used: 0 };
  // The stored window is ahead of the clock where that stepped back; it is the one that must end.
  const window = limitWindow(limit, Math.max(nowMs, spent.windowAt));
  const used = window === null || spent.windowAt >= window.startMs ? spent.used : 0;
  const fits = used + chargedUnits(limit.limit, cost) <= limit.limit;
  const state = { name: limit.name, kind: limit.kind, limit: limit.limit, remaining: Math.max(0, limit.limit - used) };
  if (window === null) return { state, waitMs: fits ? 0 : null };
  const refilling = { ...state, resetAt: window.endMs, windowMs: window.endMs - window.startMs };
  if (cost > limit.limit) return { state: refilling, waitMs: null };
  return { state: refilling, waitMs: fits ? 0 : window.endMs - nowMs };
}
