import { describe, expect, it } from "vitest";
import type { Bound } from "../bounds.js";
import type { Series } from "../measure/measure.js";
import { judge, judgementLine } from "./judge.js";

const bound: Bound = {
  scenario: "memory",
  contestant: "claviger",
  against: "floor",
  quantity: "time",
  ratio: { atMost: 1.3 },
};

function seriesOf(perSecond: Readonly<Record<string, readonly number[]>>): Series {
  return Object.fromEntries(
    Object.entries(perSecond).map(([name, figures]) => [
      name,
      figures.map((figure) => ({ perSecond: figure, p99Ms: figure })),
    ]),
  );
}

describe("judge", () => {
  it("goes by the median of the ratios within each round, not by the ratio of the medians", () => {
    // The machine was twice as slow in the second round and four times in the third.
    const series = seriesOf({ floor: [400, 200, 100], claviger: [320, 160, 80] });
    expect(judge(bound, series)).toMatchObject({ isHeld: true, rounds: 3, ratio: { median: 1.25 } });
  });

  it("holds a bound that is just met, and no other", () => {
    const met = seriesOf({ floor: [130], claviger: [100] });
    expect(judge(bound, met).isHeld).toBe(true);
    expect(judge(bound, seriesOf({ floor: [131], claviger: [100] })).isHeld).toBe(false);
  });

  it("compares throughput and p99 as they are, and time as what an answer takes", () => {
    const series = seriesOf({ floor: [100], claviger: [50] });
    const atLeast = { ...bound, ratio: { atLeast: 0.5 } };
    expect(judge({ ...atLeast, quantity: "throughput" }, series).ratio.median).toBe(0.5);
    expect(judge({ ...atLeast, quantity: "p99" }, series).ratio.median).toBe(0.5);
    expect(judge({ ...atLeast, quantity: "time" }, series).ratio.median).toBe(2);
  });

  it("refuses a bound about somebody who took no part", () => {
    expect(() => judge(bound, seriesOf({ floor: [1] }))).toThrow(
      "memory has a bound about claviger, which took no part",
    );
  });
});

describe("judgementLine", () => {
  it("names what falls short, with median, spread and bound", () => {
    const series = seriesOf({ floor: [200, 200, 200], claviger: [100, 50, 25] });
    expect(judgementLine(judge(bound, series))).toBe(
      "SHORT memory: time of claviger / floor: 4.00 (half of 3 rounds: 3.00 to 6.00), at most 1.3",
    );
  });

  it.each([
    [1305, "SHORT", "1.305"],
    [1296, "held ", "1.296"],
    [1300, "held ", "1.30"],
    [1306, "SHORT", "1.31"],
    [1300.0000001, "SHORT", "1.300000"],
  ])("shows as many digits as tell the median from the bound: %s", (floor, verdict, shown) => {
    const line = judgementLine(judge(bound, seriesOf({ floor: [floor], claviger: [1000] })));
    expect(line).toContain(`${verdict} memory: time of claviger / floor: ${shown} (half`);
  });
});
