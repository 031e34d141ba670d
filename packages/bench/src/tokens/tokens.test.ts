import { tryParseToken } from "@claviger/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { badTokens, madeUpTokens, withWrongChecksum } from "./made-up.js";
import { seededNumbers, shuffled } from "./numbers.js";
import { tokenBook } from "./token-book.js";

const seed = fc.nat();

describe("madeUpTokens", () => {
  it("makes the same well-formed tokens again for the same seed", () => {
    fc.assert(
      fc.property(seed, (some) => {
        const tokens = [...madeUpTokens(5, some)];
        expect([...madeUpTokens(5, some)]).toEqual(tokens);
        for (const { id, token } of tokens) expect(tryParseToken(token)?.id).toBe(id);
      }),
    );
  });

  it("repeats no id among many", () => {
    expect(new Set([...madeUpTokens(5_000, 1)].map(({ id }) => id)).size).toBe(5_000);
  });

  it("has bad tokens of each kind: another secret, nobody's, mistyped", () => {
    for (const madeUp of madeUpTokens(20, 1)) {
      const [forged, strange, mistyped] = badTokens(madeUp).map(tryParseToken);
      expect(forged?.id).toBe(madeUp.id);
      expect(strange?.id).not.toBe(madeUp.id);
      expect(mistyped).toBeUndefined();
      expect(withWrongChecksum(madeUp.token)).not.toBe(madeUp.token);
    }
  });
});

describe("tokenBook", () => {
  it("gives back what it was given", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom("a", "_", "Z", "9") })), (tokens) => {
        const book = tokenBook(tokens);
        expect(Array.from({ length: book.size }, (_, index) => book.fresh(index))).toEqual(tokens);
      }),
    );
  });
});

describe("shuffled", () => {
  it("keeps everyone", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), seed, (items, some) => {
        expect(shuffled(items, seededNumbers(some)).sort()).toEqual([...items].sort());
      }),
    );
  });

  it("puts each first about as often", () => {
    const numbers = seededNumbers(1);
    const firsts = Array.from({ length: 3_000 }, () => shuffled(["a", "b", "c"], numbers)[0]);
    for (const item of ["a", "b", "c"]) expect(firsts.filter((first) => first === item).length).toBeGreaterThan(800);
  });
});
