import { describe, expect, it } from "vitest";
import { BASE62 } from "../src/token/base62.js";
import { tryParseToken } from "../src/token/parse-token.js";
import { drawBase62 } from "../src/token/random.js";
import { generateId, generateToken } from "../src/token/token.js";
import { seededRandom } from "./support/seeded-random.js";

const TOKENS = 100_000;
const SECRETS = 62_500;
const SECRET_LENGTH = 32;

// 61 degrees of freedom: a uniform source exceeds 140 once in 2 × 10^7 positions. `% 62` over 62,500 bytes comes to
// about 410.
const CHI_SQUARE_BOUND = 140;

describe("generated tokens", () => {
  it(`${TOKENS} of them parse back, all different`, () => {
    const random = seededRandom(1);
    const prefixes = ["ab", "acme_live", "acme_eu_live1", "a_b_c"];
    const seen = new Set<string>();
    const failed: string[] = [];
    for (let index = 0; index < TOKENS; index += 1) {
      const prefix = prefixes[index % prefixes.length] ?? "";
      const id = generateId(random);
      const token = generateToken({ prefix, id, random });
      const parsed = tryParseToken(token);
      if (parsed?.prefix !== prefix || parsed.id !== id) failed.push(token);
      seen.add(token);
    }
    expect(failed).toEqual([]);
    expect(seen.size).toBe(TOKENS);
  });

  it("2 million characters are uniform at every position", () => {
    const random = seededRandom(2);
    const statistics = chiSquarePerPosition(() => drawBase62(SECRET_LENGTH, random));
    expect(Math.max(...statistics)).toBeLessThan(CHI_SQUARE_BOUND);
  });

  it("the test of uniformity tells a remainder of 62 at every position", () => {
    const random = seededRandom(2);
    const biased = () => Array.from(random(SECRET_LENGTH), (byte) => BASE62.charAt(byte % 62)).join("");
    expect(Math.min(...chiSquarePerPosition(biased))).toBeGreaterThan(CHI_SQUARE_BOUND);
  });
});

function chiSquarePerPosition(draw: () => string): readonly number[] {
  const counts = Array.from({ length: SECRET_LENGTH }, () => new Float64Array(BASE62.length));
  for (let count = 0; count < SECRETS; count += 1) {
    const text = draw();
    for (const [position, perDigit] of counts.entries()) {
      const digit = BASE62.indexOf(text.charAt(position));
      perDigit[digit] = (perDigit[digit] ?? 0) + 1;
    }
  }
  const expected = SECRETS / BASE62.length;
  return counts.map((perDigit) => perDigit.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0));
}
