import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { severalLimits } from "../../test/limits/arbitraries.js";
import { MAX_LIMIT, MAX_PERIOD_MS } from "../bounds.js";
import { ClavigerError } from "../errors.js";
import { parseInput } from "../value/parse-input.js";
import type { Limit, LimitInput } from "./limit.js";
import { limits } from "./parse-limits.js";

const parse = (given: unknown): readonly Limit[] => parseInput("limits", limits, given);

const refusal = (given: unknown): ClavigerError => {
  try {
    parse(given);
  } catch (error) {
    if (error instanceof ClavigerError) return error;
    throw error;
  }
  throw new Error("was accepted");
};

const rate = { name: "burst", kind: "rate", limit: 100, per: "1m" } as const;
const quota = { name: "monthly", kind: "quota", limit: 10_000, refill: "month" } as const;
const credits = { name: "total", kind: "credits", limit: 500 } as const;

describe("limits", () => {
  it("fills in the defaults and turns durations into milliseconds", () => {
    const given: readonly LimitInput[] = [rate, quota, credits, { ...quota, name: "weekly", refill: "7d" }];
    expect(parse(given)).toEqual([
      { name: "burst", kind: "rate", limit: 100, per: 60_000, algorithm: "gcra" },
      { name: "monthly", kind: "quota", limit: 10_000, refill: "month", timeZone: "UTC" },
      { name: "total", kind: "credits", limit: 500 },
      { name: "weekly", kind: "quota", limit: 10_000, refill: 604_800_000, timeZone: "UTC" },
    ]);
  });

  it("accepts what it gave, and leaves it unchanged", () => {
    fc.assert(
      fc.property(severalLimits, (given) => {
        const again: readonly LimitInput[] = parse(given);
        expect(again).toEqual(given);
        expect(parse(again)).toEqual(again);
      }),
    );
  });

  it("accepts the bounds: no limits, eight, 0, the highest of each, the longest period", () => {
    expect(parse([])).toEqual([]);
    const eight = Array.from({ length: 8 }, (_, index) => ({ ...credits, name: `c${index}` }));
    expect(parse(eight)).toHaveLength(8);
    expect(
      parse([
        { ...rate, limit: 0 },
        { ...quota, limit: 0 },
        { ...credits, limit: 0 },
      ]),
    ).toHaveLength(3);
    expect(
      parse([
        { ...rate, limit: 1000, per: 1 },
        { ...quota, limit: MAX_LIMIT },
        { ...credits, limit: MAX_LIMIT },
      ]),
    ).toHaveLength(3);
    expect(
      parse([
        { ...rate, per: MAX_PERIOD_MS },
        { ...quota, refill: MAX_PERIOD_MS, timeZone: "UTC" },
      ]),
    ).toHaveLength(2);
    expect(parse([{ ...rate, name: `a${"-".repeat(31)}` }])).toHaveLength(1);
  });

  it.each([
    [undefined, "limits"],
    [null, "limits"],
    [{}, "limits"],
    ["burst", "limits"],
    [Symbol("limits"), "limits"],
    [Array.from({ length: 9 }, (_, index) => ({ ...credits, name: `c${index}` })), "limits"],
    [[null], "[0]"],
    [[{}], "[0].kind"],
    [[{ ...rate, kind: "constructor" }], "[0].kind"],
    [[rate, { ...credits, name: "burst" }], "[1].name"],
    [[{ ...rate, tokens: 5 }], "[0].tokens"],
    [[{ ...credits, per: "1m" }], "[0].per"],
    [[{ ...quota, algorithm: "gcra" }], "[0].algorithm"],
    [[{ ...rate, algorithm: "sliding" }], "[0].algorithm"],
    [[{ ...rate, limit: 1001, per: 1 }], "[0].limit"],
    [[{ ...rate, limit: 1001, per: 1, algorithm: "fixed" }], "[0].limit"],
    [[{ ...quota, refill: "week" }], "[0].refill"],
    [[{ ...quota, refill: undefined }], "[0].refill"],
    [[{ ...quota, timeZone: "Mars/Olympus_Mons" }], "[0].timeZone"],
    [[{ ...quota, timeZone: "+01:00" }], "[0].timeZone"],
    [[{ ...quota, refill: "7d", timeZone: "Europe/Berlin" }], "[0].timeZone"],
  ])("refuses %j, naming %s", (given, field) => {
    expect(refusal(given)).toMatchObject({ code: "invalid_input", field });
  });

  it.each(["", "Burst", "1st", "a b", "a\n", "é", "__proto__", "a".repeat(33), 1, null])(
    "refuses the name %j",
    (name) => {
      expect(refusal([{ ...rate, name }])).toMatchObject({ code: "invalid_input", field: "[0].name" });
    },
  );

  it.each([1.5, Number.NaN, -1, Number.POSITIVE_INFINITY, -0, "100", MAX_LIMIT + 1, 1e300, 2n, null, undefined])(
    "refuses a limit of %s, in every kind",
    (limit) => {
      for (const given of [{ ...rate, per: MAX_PERIOD_MS }, quota, credits]) {
        expect(refusal([{ ...given, limit }])).toMatchObject({ code: "invalid_input", field: "[0].limit" });
      }
    },
  );

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "0s", "1w", "1.5h", "", MAX_PERIOD_MS + 1, "3661d", null])(
    "refuses a period of %s, of a rate and of a quota",
    (period) => {
      expect(refusal([{ ...rate, per: period }])).toMatchObject({ code: "invalid_input", field: "[0].per" });
      expect(refusal([{ ...quota, refill: period }])).toMatchObject({ code: "invalid_input", field: "[0].refill" });
    },
  );

  it.each([
    [5, "limits must be an array of at most 8 limits; got 5"],
    [
      Array.from({ length: 9 }, (_, index) => ({ ...credits, name: `c${index}` })),
      "limits must be an array of at most 8 limits; got an array of 9",
    ],
    [[{}], '[0].kind must be a limit of the kind "rate", "quota" or "credits"; got undefined'],
    [
      [{ ...rate, name: "A" }],
      '[0].name must be a name of 1 to 32 of a-z, 0-9, _ and -, beginning with a letter; got "A"',
    ],
    [[rate, rate], '[1].name must be a name that no other limit of the key has; got "burst"'],
    [[{ ...rate, algorithm: 1 }], '[0].algorithm must be "gcra" or "fixed"; got 1'],
    [[{ ...rate, limit: 1001, per: 1 }], "[0].limit must be at most 1000 for each millisecond of per; got 1001"],
    [
      [{ ...quota, refill: 0 }],
      '[0].refill must be "day", "month", or a duration such as "7d" or a positive whole number of ms, ' +
        `at most ${MAX_PERIOD_MS} ms; got 0`,
    ],
    [
      [{ ...quota, timeZone: "CEST" }],
      '[0].timeZone must be the name of an IANA time zone such as "Europe/Berlin"; got "CEST"',
    ],
    [
      [{ ...quota, refill: "7d", timeZone: "Europe/Berlin" }],
      '[0].timeZone must be left out, or UTC, unless refill is day or month: a duration counts from the Unix epoch; got "Europe/Berlin"',
    ],
    [[{ ...credits, per: 1 }], '[0] has no field "per"; allowed: name, kind, limit'],
  ])("says of %j what is allowed, and what was given", (given, message) => {
    expect(refusal(given).message).toBe(message);
  });
});
