import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_DURATION_MS } from "../bounds.js";
import { duration } from "./duration.js";

const MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

describe("duration", () => {
  it("takes every number with every unit up to the longest, and gives milliseconds", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: MAX_DURATION_MS }),
        fc.constantFrom(...Object.entries(MS)),
        (count, [unit, each]) => {
          const result = duration().safeParse(`${count}${unit}`);
          if (count * each <= MAX_DURATION_MS) expect(result.data).toBe(count * each);
          else expect(result.success).toBe(false);
          expect(duration().parse(count)).toBe(count);
        },
      ),
    );
  });

  it("takes exactly its longest, and not a millisecond more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_DURATION_MS - 1 }), (maxMs) => {
        expect(duration(maxMs).parse(maxMs)).toBe(maxMs);
        expect(duration(maxMs).parse(`${maxMs}ms`)).toBe(maxMs);
        expect(duration(maxMs).safeParse(maxMs + 1).success).toBe(false);
        expect(duration(maxMs).safeParse(`${maxMs + 1}ms`).success).toBe(false);
      }),
    );
  });

  it.each([
    0,
    -0,
    -1,
    0.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    "0s",
    "-1s",
    "01s",
    "1.5h",
    "1e3ms",
    "1 h",
    " 1h",
    "1h ",
    "1h\n",
    "1H",
    "1w",
    "1",
    "ms",
    "",
    `${"9".repeat(400)}d`,
    "٣d",
    "1h30m",
    null,
    true,
    5n,
    {},
    [],
    ["1h"],
    new Date(5),
  ])("refuses %s", (value) => {
    expect(duration().safeParse(value).success).toBe(false);
  });
});
