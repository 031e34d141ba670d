import { equalsProof, proofOf } from "../digest/proof.js";
import { lastCharacters } from "../token/last-characters.js";
import type { ReadyKey } from "./ready-key.js";

/**
 * Whether a text is the very token that a key was known by before: for one hash, where the characters of the checksum are
 * that token's, and for none elsewhere. Only of a key that is sure to be in use: for every other, what is refused must cost
 * what an unknown id costs.
 */
export function isRecognised(ready: ReadyKey, text: string): boolean {
  return ready.proof !== undefined && ready.ending === lastCharacters(text) && equalsProof(proofOf(text), ready.proof);
}

/** Has a key be recognised by a token that was found to be its current one. */
export function recogniseBy(ready: ReadyKey, token: string): void {
  ready.ending = lastCharacters(token);
  ready.proof = proofOf(token);
}
