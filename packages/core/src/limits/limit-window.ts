import { calendarWindow } from "./calendar-window.js";
import type { Limit } from "./limit.js";
import { periodWindow, type TimeWindow } from "./time-window.js";

/**
 * The window around `atMs` in which a limit counts (a rate: by a fixed window); null where it never refills.
 *
 * @throws RangeError the runtime does not know the limit's time zone
 */
export function limitWindow(limit: Limit, atMs: number): TimeWindow | null {
  switch (limit.kind) {
    case "rate":
      return periodWindow(limit.per, atMs);
    case "quota":
      return typeof limit.refill === "number"
        ? periodWindow(limit.refill, atMs)
        : calendarWindow(limit.refill, limit.timeZone, atMs);
    case "credits":
      return null;
    default: {
      const unreachable: never = limit;
      return unreachable;
    }
  }
}
