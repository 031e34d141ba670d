import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "#sha256";
import { arbitraryToken } from "../../test/support/arbitrary-token.js";
import { equalsProof, hexOf, proofOf } from "./proof.js";

describe("the proof of a token", () => {
  it("is its SHA-256", () => {
    fc.assert(fc.property(arbitraryToken, ({ token }) => hexOf(proofOf(token)) === sha256(token)));
  });

  it("equals that of the same token, and of no other", () => {
    fc.assert(
      fc.property(arbitraryToken, arbitraryToken, ({ token }, other) => {
        fc.pre(token !== other.token);
        expect(equalsProof(proofOf(token), proofOf(token))).toBe(true);
        expect(equalsProof(proofOf(other.token), proofOf(token))).toBe(false);
      }),
    );
  });

  it("equals nothing where none is kept, not even zeros", () => {
    expect(equalsProof("\0".repeat(32), undefined)).toBe(false);
    expect(equalsProof("", "")).toBe(false);
  });
});
