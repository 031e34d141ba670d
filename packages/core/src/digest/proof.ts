import { sha256Binary } from "#sha256";
import { equalConstantTime } from "./constant-time.js";

/**
 * The SHA-256 of a token, one character a byte. Kept of a token that was found to be a key's, it proves whoever presents
 * that again at the cost of one hash. It reveals nothing of a secret of 190 random bits.
 */
export type Proof = string;

const PROOF_LENGTH = 32;
/** Compared with where there is none, so that what is refused costs the same. */
const NO_PROOF: Proof = "\0".repeat(PROOF_LENGTH);
const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** @param token hashed as it is: nothing is trimmed, folded or normalised */
export function proofOf(token: string): Proof {
  return sha256Binary(token);
}

/** @param kept undefined: equals nothing */
export function equalsProof(proof: Proof, kept: Proof | undefined): boolean {
  return equalConstantTime(proof, kept ?? NO_PROOF, PROOF_LENGTH) && kept !== undefined;
}

/** The token's digest under no pepper, 64 lower-case hex digits. */
export function hexOf(proof: Proof): string {
  let hex = "";
  for (let index = 0; index < proof.length; index += 1) hex += HEX[proof.charCodeAt(index)] ?? "";
  return hex;
}
