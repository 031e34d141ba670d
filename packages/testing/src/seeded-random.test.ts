import { describe, expect, it } from "vitest";
import { seededRandom } from "./seeded-random.js";

describe("seededRandom", () => {
  it("repeats itself for a seed, differs between seeds, and goes on from call to call", () => {
    expect(seededRandom(7)(64)).toEqual(seededRandom(7)(64));
    expect(seededRandom(7)(64)).not.toEqual(seededRandom(8)(64));
    const source = seededRandom(0);
    const inTwo = [...source(10), ...source(54)];
    expect(inTwo).toEqual([...seededRandom(0)(64)]);
  });

  it("gives every byte about equally often", () => {
    const counts = new Array<number>(256).fill(0);
    for (const byte of seededRandom(1)(256_000)) counts[byte] = (counts[byte] ?? 0) + 1;
    // Chi-square over 255 degrees of freedom; 400 is exceeded by chance once in a hundred million.
    expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(400);
  });
});
