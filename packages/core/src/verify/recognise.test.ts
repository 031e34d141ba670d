import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryToken } from "../../test/support/arbitrary-token.js";
import { isRecognised, Recognisable, recogniseBy } from "./recognise.js";

const knownBy = (token: string): Recognisable => {
  const known = new Recognisable();
  recogniseBy(known, token);
  return known;
};
const HASHES = ["hash0", "hash1", "hash2", "hash3", "hash4", "hash5", "hash6", "hash7"] as const;

describe("a token that is known again", () => {
  it("is known by its SHA-256, all 32 bytes of it", () => {
    fc.assert(
      fc.property(arbitraryToken, ({ token }) => {
        const known = knownBy(token);
        const words = Int32Array.from(HASHES, (name) => known[name]);
        expect(Buffer.from(words.buffer).toString("hex")).toBe(createHash("sha256").update(token).digest("hex"));
      }),
    );
  });

  it("is recognised, and no other is, by whichever bit their hashes differ", () => {
    fc.assert(
      fc.property(arbitraryToken, arbitraryToken, fc.constantFrom(...HASHES), fc.nat(31), (given, other, name, bit) => {
        fc.pre(given.token !== other.token);
        const known = knownBy(given.token);
        expect(isRecognised(known, given.token)).toBe(true);
        expect(isRecognised(known, other.token)).toBe(false);
        // As if it had the same checksum.
        expect(isRecognised({ ...knownBy(other.token), ending: known.ending }, given.token)).toBe(false);
        known[name] ^= 1 << bit;
        expect(isRecognised(known, given.token)).toBe(false);
      }),
    );
  });

  it("is none before one was found to be the key's", () => {
    fc.assert(fc.property(arbitraryToken, ({ token }) => !isRecognised(new Recognisable(), token)));
  });

  it("stays the one that it was", () => {
    const known = knownBy("one");
    recogniseBy(known, "other");
    expect([isRecognised(known, "one"), isRecognised(known, "other")]).toEqual([true, false]);
  });
});
