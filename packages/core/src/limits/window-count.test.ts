import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarQuota, credits, periodQuota, rate, timeMs } from "../../test/limits/arbitraries.js";
import { applyCharges } from "./apply-charges.js";
import type { Meter } from "./charge.js";
import { limitWindow } from "./limit-window.js";
import { meterName } from "./meter-name.js";
import { windowCarry, windowUsed } from "./window-count.js";

const DAY_MS = 86_400_000;

const counted = fc.oneof(rate("fixed"), calendarQuota, periodQuota, credits);

/** A limit, the time, and what was counted around it: before, or after where the clock had stepped back. */
const situation = fc
  .record({
    limit: counted,
    nowMs: timeMs,
    spent: fc.option(
      fc.record({ used: fc.nat(40), awayMs: fc.oneof(fc.constant(0), fc.integer({ min: -DAY_MS, max: DAY_MS })) }),
    ),
  })
  .map(({ limit, nowMs, spent }) => {
    if (spent === null) return { limit, nowMs, meter: null };
    const windowAt = limitWindow(limit, nowMs + spent.awayMs)?.startMs ?? 0;
    const meter: Meter = { form: "window", windowAt, used: spent.used };
    return { limit, nowMs, meter };
  });

describe("windowCarry", () => {
  it("brings what counts up to so many units, and of what comes a second time adds nothing", () => {
    fc.assert(
      fc.property(situation, fc.integer({ min: 1, max: 30 }), ({ limit, nowMs, meter }, more) => {
        const units = windowUsed(limit, meter, nowMs) + more;
        const charge = windowCarry(limit, units, meter, nowMs);
        if (charge === undefined) throw new Error("nothing to carry");
        expect(charge).toMatchObject({ form: "window", meter: meterName(limit) });
        const once = applyCharges(stored(charge.meter, meter), [charge], 1);
        const [after = null] = once.meters;
        expect(once.admitted).toBe(1);
        expect(windowUsed(limit, after, nowMs)).toBe(units);
        expect(applyCharges(stored(charge.meter, after), [charge], 1).admitted).toBe(0);
        expect(windowCarry(limit, units, after, nowMs)).toBeUndefined();
      }),
    );
  });

  it("takes nothing away: where as much or more counts already, there is nothing to carry", () => {
    fc.assert(
      fc.property(situation, fc.nat(40), ({ limit, nowMs, meter }, less) => {
        const used = windowUsed(limit, meter, nowMs);
        expect(windowCarry(limit, used, meter, nowMs)).toBeUndefined();
        expect(windowCarry(limit, Math.max(0, used - less), meter, nowMs)).toBeUndefined();
      }),
    );
  });
});

function stored(name: string, meter: Meter | null): ReadonlyMap<string, Meter> {
  return new Map(meter === null ? [] : [[name, meter]]);
}
