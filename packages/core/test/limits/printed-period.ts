import type { QuotaLimit } from "../../src/limits/limit.js";

/** Which period of a quota an instant is in: by the date that Intl prints, knowing nothing of where a day begins. */
export function periodOf(limit: QuotaLimit, atMs: number): string {
  if (typeof limit.refill === "number") return String(Math.floor(atMs / limit.refill));
  const date = printed(limit.timeZone).format(atMs);
  return limit.refill === "day" ? date : date.slice(0, 7);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function printed(timeZone: string): Intl.DateTimeFormat {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  formats.set(timeZone, format);
  return format;
}
