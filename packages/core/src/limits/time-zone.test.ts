import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TIME_ZONES, timeMs } from "../../test/limits/arbitraries.js";
import { isTimeZone, wallTimeMs } from "./time-zone.js";

describe("isTimeZone", () => {
  it("takes every name that the runtime lists, and UTC", () => {
    for (const name of [...Intl.supportedValuesOf("timeZone"), "UTC"]) expect(isTimeZone(name), name).toBe(true);
  });

  it.each(["", "Z", "+01:00", "-0530", "Mars/Olympus_Mons", " UTC", "UTC\n", "Europe/Berlin\0", null, 1, {}, ["UTC"]])(
    "refuses %j",
    (given) => {
      expect(isTimeZone(given)).toBe(false);
    },
  );

  it("refuses 1 MB of letters", () => {
    expect(isTimeZone("x".repeat(1_000_000))).toBe(false);
  });
});

describe("wallTimeMs", () => {
  it("is what Intl prints, to the millisecond", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TIME_ZONES),
        fc.oneof(timeMs, fc.integer({ min: -1e9, max: 1e9 })),
        (timeZone, atMs) => {
          const printed = new Intl.DateTimeFormat("sv-SE", {
            timeZone,
            dateStyle: "short",
            timeStyle: "medium",
          }).format(atMs);
          const ms = new Date(atMs).getUTCMilliseconds();
          expect(wallTimeMs(timeZone, atMs)).toBe(Date.parse(`${printed.replace(" ", "T")}Z`) + ms);
        },
      ),
    );
  });
});
