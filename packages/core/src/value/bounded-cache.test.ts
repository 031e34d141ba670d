import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundedCache } from "./bounded-cache.js";

describe("boundedCache", () => {
  it("makes each value once while it is held, and holds the last ones made, no more than its bound", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.constantFrom("a", "b", "c", "d", "e", "f")),
        (bound, keys) => {
          const made: string[] = [];
          const cached = boundedCache(bound, (key) => {
            made.push(key);
            return key.toUpperCase();
          });
          for (const key of keys) {
            const held = made.slice(-bound);
            const before = made.length;
            expect(cached(key)).toBe(key.toUpperCase());
            expect(made.length - before).toBe(held.includes(key) ? 0 : 1);
          }
        },
      ),
    );
  });
});
