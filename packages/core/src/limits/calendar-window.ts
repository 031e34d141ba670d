import { boundedCache } from "../value/bounded-cache.js";
import type { TimeWindow } from "./time-window.js";
import { wallTimeMs } from "./time-zone.js";

type CalendarUnit = "day" | "month";

const DAY_MS = 86_400_000;
const MAX_RECENT = 128;

// Working out a window asks Intl some ten times, and nearly every request falls into the window of the one before.
const recentOf = boundedCache(MAX_RECENT, () => ({ window: { startMs: 0, endMs: 0 } }));

/**
 * The local day or month around `atMs`. It begins at the first instant whose local date is inside it: where daylight
 * saving skips midnight, at the end of the gap; where a midnight occurs twice, at the first; a day that a zone skipped
 * (Apia, 30 December 2011) has no window. Windows follow one another without gap or overlap.
 *
 * @param timeZone IANA name
 * @throws RangeError the runtime does not know the time zone
 */
export function calendarWindow(unit: CalendarUnit, timeZone: string, atMs: number): TimeWindow {
  const recent = recentOf(`${unit} ${timeZone}`);
  if (atMs < recent.window.startMs || atMs >= recent.window.endMs) recent.window = findWindow(unit, timeZone, atMs);
  return recent.window;
}

function findWindow(unit: CalendarUnit, timeZone: string, atMs: number): TimeWindow {
  let wallStartMs = startOf(unit, wallTimeMs(timeZone, atMs));
  let startMs = firstInstantAt(timeZone, wallStartMs);
  for (;;) {
    wallStartMs = startOfNext(unit, wallStartMs);
    const endMs = firstInstantAt(timeZone, wallStartMs);
    if (atMs < endMs) return { startMs, endMs };
    // The clocks were put back over midnight (St. John's, 00:01 to 23:01): the next window has begun all the same.
    startMs = endMs;
  }
}

function startOf(unit: CalendarUnit, wallMs: number): number {
  if (unit === "day") return Math.floor(wallMs / DAY_MS) * DAY_MS;
  const date = new Date(wallMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

function startOfNext(unit: CalendarUnit, wallStartMs: number): number {
  if (unit === "day") return wallStartMs + DAY_MS;
  const date = new Date(wallStartMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** The first instant at which the wall clock shows `wallMs` or later. */
function firstInstantAt(timeZone: string, wallMs: number): number {
  // No offset reaches a whole day, so that these are the offsets before and after whatever happens around `wallMs`.
  const offsetBeforeMs = offsetMs(timeZone, wallMs - DAY_MS);
  const offsetAfterMs = offsetMs(timeZone, wallMs + DAY_MS);
  for (const offset of [offsetBeforeMs, offsetAfterMs]) {
    if (wallTimeMs(timeZone, wallMs - offset) === wallMs) return wallMs - offset;
  }
  return endOfGap(timeZone, wallMs, wallMs - offsetAfterMs, wallMs - offsetBeforeMs);
}

/** The clocks skip `wallMs` after `beforeMs`, at `afterMs` at the latest. */
function endOfGap(timeZone: string, wallMs: number, beforeMs: number, afterMs: number): number {
  let [low, high] = [beforeMs, afterMs];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (wallTimeMs(timeZone, middle) >= wallMs) high = middle;
    else low = middle;
  }
  return high;
}

function offsetMs(timeZone: string, atMs: number): number {
  return wallTimeMs(timeZone, atMs) - atMs;
}
