import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTurns } from "./backoff.js";

const others = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 400 });

describe("turns", () => {
  it("are as long as there are others, give or take, and end before two and a half seconds are over", async () => {
    await fc.assert(
      fc.asyncProperty(others, fc.double({ min: 0, max: 0.999, noNaN: true }), async (each, chance) => {
        const pauses: number[] = [];
        const turn = createTurns({ pause: async (ms) => void pauses.push(ms), random: () => chance });
        for (const count of each) {
          const before = pauses.length;
          const hasWaited = await turn(count);
          expect(pauses.length - before).toBe(hasWaited ? 1 : 0);
          if (!hasWaited) break;
          expect(pauses.at(-1)).toBeGreaterThanOrEqual((count + 1) * 5);
          expect(pauses.at(-1)).toBeLessThanOrEqual((count + 1) * 10);
        }
        expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(2_500);
      }),
    );
  });
});
