import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TIME_ZONES, timeMs } from "../../test/limits/arbitraries.js";
import { calendarWindow } from "./calendar-window.js";

const HOUR_MS = 3_600_000;
const unit = fc.constantFrom("day", "month");
const zone = fc.constantFrom(
  ...TIME_ZONES,
  "America/St_Johns",
  "Pacific/Kwajalein",
  "Antarctica/Vostok",
  "Asia/Beirut",
);

const at = (text: string): number => Date.parse(text);

describe("calendarWindow", () => {
  it("law: an instant is inside its window", () => {
    fc.assert(
      fc.property(unit, zone, timeMs, (of, timeZone, nowMs) => {
        const { startMs, endMs } = calendarWindow(of, timeZone, nowMs);
        expect(startMs).toBeLessThanOrEqual(nowMs);
        expect(nowMs).toBeLessThan(endMs);
      }),
    );
  });

  it("law: windows follow one another, and every instant of one has the same", () => {
    fc.assert(
      fc.property(
        unit,
        zone,
        timeMs,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (of, timeZone, nowMs, share) => {
          const window = calendarWindow(of, timeZone, nowMs);
          const insideMs = window.startMs + Math.floor(share * (window.endMs - window.startMs));
          const next = calendarWindow(of, timeZone, window.endMs);
          expect(next.startMs).toBe(window.endMs);
          expect(calendarWindow(of, timeZone, insideMs)).toEqual(window);
          expect(calendarWindow(of, timeZone, window.endMs - 1)).toEqual(window);
          expect(calendarWindow(of, timeZone, window.startMs)).toEqual(window);
        },
      ),
    );
  });

  it("law: a window begins as the local date becomes another one, and has it throughout", () => {
    fc.assert(
      fc.property(unit, fc.constantFrom(...TIME_ZONES), timeMs, (of, timeZone, nowMs) => {
        const { startMs, endMs } = calendarWindow(of, timeZone, nowMs);
        const date = (ms: number): string => printedDate(timeZone, ms).slice(0, of === "day" ? 10 : 7);
        expect(date(startMs)).toBe(date(nowMs));
        expect(date(endMs - 1)).toBe(date(nowMs));
        expect(date(startMs - 1)).not.toBe(date(nowMs));
        expect(date(endMs)).not.toBe(date(nowMs));
      }),
    );
  });

  it.each([
    ["day", "UTC", "2026-07-01T12:00Z", "2026-07-01T00:00Z", 24],
    ["month", "UTC", "2028-02-29T23:59Z", "2028-02-01T00:00Z", 29 * 24],
    ["day", "Asia/Kolkata", "2026-07-01T18:30Z", "2026-07-01T18:30Z", 24],
    ["day", "Europe/Berlin", "2026-03-29T12:00Z", "2026-03-28T23:00Z", 23],
    ["day", "Europe/Berlin", "2026-10-25T12:00Z", "2026-10-24T22:00Z", 25],
    ["month", "Europe/Berlin", "2026-03-15T00:00Z", "2026-02-28T23:00Z", 31 * 24 - 1],
    ["day", "America/New_York", "2026-11-01T12:00Z", "2026-11-01T04:00Z", 25],
    ["day", "Australia/Lord_Howe", "2026-04-05T00:00Z", "2026-04-04T13:00Z", 24.5],
    // Clocks that go forward in the evening, when the date in UTC is already the next one.
    ["day", "America/Godthab", "2023-03-26T12:00Z", "2023-03-26T02:00Z", 24],
    // A quarter of an hour skipped after midnight.
    ["day", "Asia/Kathmandu", "1986-01-01T00:00Z", "1985-12-31T18:30Z", 23.75],
    // Either side of the date line: the date is another one than in UTC for most of the day.
    ["month", "Pacific/Kiritimati", "2026-06-30T12:00Z", "2026-06-30T10:00Z", 31 * 24],
    ["month", "Pacific/Pago_Pago", "2026-08-01T05:00Z", "2026-07-01T11:00Z", 31 * 24],
    ["day", "Pacific/Chatham", "2026-04-05T00:00Z", "2026-04-04T10:15Z", 25],
    ["month", "America/New_York", "2028-03-01T04:59Z", "2028-02-01T05:00Z", 29 * 24],
    ["month", "America/New_York", "2026-12-31T23:00Z", "2026-12-01T05:00Z", 31 * 24],
    ["day", "Africa/Casablanca", "2026-03-22T12:00Z", "2026-03-22T00:00Z", 23],
  ] as const)("a %s in %s around %s begins at %s and has %d hours", (of, timeZone, now, start, hours) => {
    expect(calendarWindow(of, timeZone, at(now))).toEqual({ startMs: at(start), endMs: at(start) + hours * HOUR_MS });
  });

  it("a day whose midnight is skipped begins at the end of the gap: São Paulo, 4 November 2018", () => {
    const start = at("2018-11-04T03:00Z");
    expect(calendarWindow("day", "America/Sao_Paulo", start)).toEqual({ startMs: start, endMs: start + 23 * HOUR_MS });
    expect(calendarWindow("day", "America/Sao_Paulo", start - 1)).toEqual({
      startMs: start - 24 * HOUR_MS,
      endMs: start,
    });
  });

  it("a gap around midnight ends where its day begins: Toronto, 30 March 1919, 23:30 forward to 00:30", () => {
    const start = at("1919-03-31T04:30Z");
    expect(calendarWindow("day", "America/Toronto", start)).toEqual({ startMs: start, endMs: start + 23.5 * HOUR_MS });
    expect(calendarWindow("day", "America/Toronto", start - 1).endMs).toBe(start);
  });

  it("a month whose first midnight is skipped begins at the end of the gap: Cairo, 1 August 2014", () => {
    const start = at("2014-07-31T22:00Z");
    expect(calendarWindow("month", "Africa/Cairo", start).startMs).toBe(start);
    expect(calendarWindow("month", "Africa/Cairo", start - 1).endMs).toBe(start);
  });

  it("a day that a zone skipped has no window: Apia, 30 December 2011", () => {
    const skip = at("2011-12-30T10:00Z");
    expect(calendarWindow("day", "Pacific/Apia", skip - 1)).toEqual({ startMs: skip - 24 * HOUR_MS, endMs: skip });
    expect(calendarWindow("day", "Pacific/Apia", skip)).toEqual({ startMs: skip, endMs: skip + 24 * HOUR_MS });
  });

  it("a midnight that comes twice begins its day the first time: St. John's, 29 October 2006, 00:01 back to 23:01", () => {
    const first = at("2006-10-29T02:30Z");
    const back = first + 60_000;
    expect(printedDate("America/St_Johns", back)).toBe("2006-10-28");
    expect(calendarWindow("day", "America/St_Johns", back)).toEqual({ startMs: first, endMs: first + 25 * HOUR_MS });
  });

  it("refuses a zone that the runtime does not know", () => {
    expect(() => calendarWindow("day", "Mars/Olympus_Mons", 0)).toThrow(RangeError);
  });
});

const formats = new Map<string, Intl.DateTimeFormat>();

function printedDate(timeZone: string, atMs: number): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  formats.set(timeZone, format);
  return format.format(atMs);
}
