import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attack, moves } from "./adversary.js";
import { credits, timeMs } from "./arbitraries.js";
import { limitedKey } from "./limited-key.js";

const DAY_MS = 86_400_000;

describe("credits", () => {
  it("promise 3: admit N units in all, exactly, however long one waits", () => {
    fc.assert(
      fc.property(credits, moves, timeMs, (limit, plan, startMs) => {
        const key = limitedKey([limit]);
        const spent = attack(key, plan, startMs, 30 * DAY_MS).reduce((sum, { units }) => sum + units, 0);
        expect(spent).toBeLessThanOrEqual(limit.limit);
        expect(spent + key.burst(startMs)).toBe(limit.limit);
      }),
    );
  });

  it("top up by the difference when the limit is raised", () => {
    fc.assert(
      fc.property(credits, fc.integer({ min: 1, max: 50 }), timeMs, (limit, more, nowMs) => {
        const key = limitedKey([limit]);
        key.burst(nowMs);
        expect(limitedKey([{ ...limit, limit: limit.limit + more }], key.meters()).burst(nowMs)).toBe(more);
      }),
    );
  });

  it("never refill: a refusal names no wait, and the state no reset", () => {
    const key = limitedKey([{ name: "total", kind: "credits", limit: 1 }]);
    expect(key.spend(0)).toEqual({ states: [{ name: "total", kind: "credits", limit: 1, remaining: 0 }] });
    expect(key.spend(DAY_MS).refusal).toEqual({ code: "quota_exceeded" });
  });
});
