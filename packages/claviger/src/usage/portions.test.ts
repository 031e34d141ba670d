import fc from "fast-check";
import { expect, it } from "vitest";
import { cellsOf, count, type KeyUse, newKeyUse } from "./key-use.js";
import { portionsOf } from "./portions.js";

const OUTCOMES = ["accepted", "expired", "revoked", "disabled", "restricted"];

function useOf(outcomes: number): KeyUse {
  const room = { left: 1_000 };
  const use = newKeyUse("t", "k", room);
  if (use === undefined) throw new Error("there is room");
  for (const outcome of OUTCOMES.slice(0, outcomes)) count(use, 5, outcome, room);
  return use;
}

it("portionsOf leaves nothing out and keeps to the bound, but for a single key that is beyond it", () => {
  const uses = fc.array(fc.integer({ min: 0, max: 5 }).map(useOf), { maxLength: 20 });
  fc.assert(
    fc.property(uses, fc.integer({ min: 1, max: 12 }), (all, maxCells) => {
      const portions = portionsOf(all, maxCells);
      expect(portions.flat()).toEqual(all);
      for (const [index, portion] of portions.entries()) {
        const cells = portion.reduce((sum, use) => sum + cellsOf(use), 0);
        expect(portion.length === 1 || cells <= maxCells).toBe(true);
        const [next] = portions[index + 1] ?? [];
        if (next !== undefined) expect(cells + cellsOf(next)).toBeGreaterThan(maxCells);
      }
    }),
  );
});
