import { boundedCache } from "../value/bounded-cache.js";

const MAX_FORMATTERS = 64;
// What Intl takes besides names, offsets such as +01:00, depends on the runtime; a name begins with a letter.
const NAME = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

const formatterOf = boundedCache(
  MAX_FORMATTERS,
  (timeZone) =>
    new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    }),
);

/** Whether the text names a time zone of the IANA database, in any case, that this runtime knows. */
export function isTimeZone(text: unknown): text is string {
  if (typeof text !== "string" || !NAME.test(text)) return false;
  try {
    formatterOf(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * What a clock on the wall shows: its date and time of day as epoch ms, as if they were UTC.
 *
 * @throws RangeError the runtime does not know the time zone
 */
export function wallTimeMs(timeZone: string, atMs: number): number {
  if (timeZone === "UTC") return atMs;
  const shown = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatterOf(timeZone).formatToParts(atMs)) {
    if (type in shown) shown[type as keyof typeof shown] = Number(value);
  }
  const wholeSecondsMs = Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute, shown.second);
  return wholeSecondsMs + (atMs - Math.floor(atMs / 1000) * 1000);
}
