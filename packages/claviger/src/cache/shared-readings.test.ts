import { fakeClock } from "@claviger/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStopwatch, Reading } from "../elapsed.js";
import { createSharedReadings } from "./shared-readings.js";

const STALE_MS = 5_000;

describe("shared readings", () => {
  it("are no later than what they stand for by either clock, of the same era, and earlier by no more than a hundredth", () => {
    const near = fc.record({ clockMs: fc.nat(200), steadyMs: fc.nat(200), era: fc.nat(1) });
    fc.assert(
      fc.property(fc.array(near, { minLength: 1 }), (moments) => {
        const watch = createStopwatch();
        const sharedReading = createSharedReadings(watch, STALE_MS);
        for (const { clockMs, steadyMs, era } of moments) {
          const readAt = new Reading(clockMs, steadyMs, era);
          const shared = sharedReading(readAt);
          expect(shared.clockMs).toBeLessThanOrEqual(clockMs);
          expect(shared.steadyMs).toBeLessThanOrEqual(steadyMs);
          expect(shared === readAt || watch.ageMs(shared, readAt) < STALE_MS / 100).toBe(true);
        }
      }),
    );
  });

  it("are one for what was read at about the same time", () => {
    const clock = fakeClock();
    const watch = createStopwatch(clock.now);
    const sharedReading = createSharedReadings(watch, STALE_MS);
    const first = sharedReading(watch.read());
    clock.advance(STALE_MS / 100 - 1);
    expect(sharedReading(watch.read())).toBe(first);
    clock.advance(1);
    expect(sharedReading(watch.read())).not.toBe(first);
  });
});
