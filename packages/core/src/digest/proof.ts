import { sha256Binary } from "#sha256";
import { equalConstantTime } from "./constant-time.js";

/**
 * The SHA-256 of a token, one character a byte. Kept of a token that was found to be a key's, it proves whoever presents
 * that again at the cost of one hash. It reveals nothing of a secret of 190 random bits.
 */
export type Proof = string;

const PROOF_LENGTH = 32;

/** @param token hashed as it is: nothing is trimmed, folded or normalised */
export function proofOf(token: string): Proof {
  return sha256Binary(token);
}

export function equalsProof(proof: Proof, kept: Proof): boolean {
  return equalConstantTime(proof, kept, PROOF_LENGTH);
}
