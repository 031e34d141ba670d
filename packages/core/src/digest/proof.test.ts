import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryToken } from "../../test/support/arbitrary-token.js";
import { equalsProof, proofOf } from "./proof.js";

describe("the proof of a token", () => {
  it("is its SHA-256, a character a byte", () => {
    fc.assert(
      fc.property(
        arbitraryToken,
        ({ token }) => proofOf(token) === createHash("sha256").update(token).digest("binary"),
      ),
    );
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

  it("equals nothing of another length", () => {
    expect(equalsProof("", "")).toBe(false);
    expect(equalsProof("0".repeat(64), "0".repeat(64))).toBe(false);
  });
});
