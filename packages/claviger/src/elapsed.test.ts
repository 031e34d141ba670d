import { fakeClock } from "@claviger/testing";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createStopwatch } from "./elapsed.js";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("a stopwatch on a clock that was given", () => {
  const steps = fc.array(fc.oneof(fc.nat(10_000), fc.integer({ min: -10_000, max: -1 })), { minLength: 1 });

  it("tells the age to the millisecond while the clock goes forward", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000)), (forward) => {
        const clock = fakeClock();
        const watch = createStopwatch(clock.now);
        const began = watch.read();
        for (const ms of forward) {
          clock.advance(ms);
          watch.read();
        }
        expect(watch.ageMs(began, watch.read())).toBe(forward.reduce((sum, ms) => sum + ms, 0));
      }),
    );
  });

  it("counts what was read before a step back as too old, for good, and what is read after it anew", () => {
    fc.assert(
      fc.property(steps, fc.nat(10_000), fc.nat(10_000), (moves, ageMs, laterMs) => {
        const clock = fakeClock();
        const watch = createStopwatch(clock.now);
        const began = watch.read();
        for (const ms of moves) {
          clock.advance(ms);
          watch.read();
        }
        const anew = watch.read();
        clock.advance(ageMs);
        const now = watch.read();
        expect(watch.ageMs(anew, now)).toBe(ageMs);
        const steppedBack = moves.some((ms) => ms < 0);
        expect(watch.ageMs(began, now) === Number.POSITIVE_INFINITY).toBe(steppedBack);
        clock.advance(laterMs);
        if (steppedBack) expect(watch.ageMs(began, watch.read())).toBe(Number.POSITIVE_INFINITY);
      }),
    );
  });
});

it.each([Number.NaN, undefined, "soon"])(
  "a reading that is no number (%s) makes old what was before, and hides no step back",
  (reading) => {
    const clock = fakeClock();
    const given: unknown[] = [];
    const watch = createStopwatch(() => (given.length > 0 ? given.shift() : clock.now()) as number);
    const began = watch.read();
    given.push(reading);
    const odd = watch.read();
    clock.advance(-3_600_000);
    const now = watch.read();
    for (const since of [began, odd]) expect(watch.ageMs(since, now)).toBe(Number.POSITIVE_INFINITY);
    clock.advance(7);
    expect(watch.ageMs(now, watch.read())).toBe(7);
  },
);

describe("a stopwatch on the platform's clocks", () => {
  function platform(): { move(byClockMs: number, bySteadyMs: number): void } {
    let clockMs = 1_700_000_000_000;
    let steadyMs = 0.25;
    vi.spyOn(Date, "now").mockImplementation(() => clockMs);
    vi.stubGlobal("performance", { now: () => steadyMs });
    return {
      move(byClockMs, bySteadyMs) {
        clockMs += byClockMs;
        steadyMs += bySteadyMs;
      },
    };
  }

  it.each([
    ["by default", undefined],
    ["where it was given Date.now", "Date.now"],
  ])("an age is never shorter than either clock says, %s", (_, given) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.nat(100_000))), (moves) => {
        const clocks = platform();
        const watch = createStopwatch(given === undefined ? undefined : Date.now);
        const began = watch.read();
        for (const move of moves) clocks.move(...move);
        const byClockMs = moves.reduce((sum, [ms]) => sum + ms, 0);
        const bySteadyMs = moves.reduce((sum, [, ms]) => sum + ms, 0);
        expect(watch.ageMs(began, watch.read())).toBe(Math.max(byClockMs, bySteadyMs));
      }),
    );
  });
});
