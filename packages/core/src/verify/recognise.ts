import { sha256Binary } from "#sha256";
import { lastCharacters } from "../token/last-characters.js";

const HASH_BYTES = 32;

/**
 * What a token is known again by, once it was found to be a key's: its SHA-256, which proves whoever presents it again at
 * the cost of one hash, and reveals nothing of a secret of 190 random bits. As numbers of 32 bits, which lie in the object
 * itself: a text would lie somewhere else.
 */
export class Recognisable {
  /** Of the characters where the checksum stands; 0: nothing is known yet, and no text hashes to eight zeros. */
  ending = 0;
  hash0 = 0;
  hash1 = 0;
  hash2 = 0;
  hash3 = 0;
  hash4 = 0;
  hash5 = 0;
  hash6 = 0;
  hash7 = 0;
}

/**
 * Whether a text is the very token that a key was known by before: for one hash, where the characters of the checksum are
 * that token's, and for none elsewhere. Only of a key that is sure to be in use: for every other, what is refused must cost
 * what an unknown id costs. In a time that does not depend on where the hashes differ, as far as JavaScript can promise any.
 */
export function isRecognised(by: Recognisable, text: string): boolean {
  // All of it is read before the text is hashed: what has to come from memory comes meanwhile.
  const { ending, hash0, hash1, hash2, hash3, hash4, hash5, hash6, hash7 } = by;
  if (ending !== lastCharacters(text)) return false;
  const hash = sha256Binary(text);
  const difference =
    (hash0 ^ wordAt(hash, 0)) |
    (hash1 ^ wordAt(hash, 4)) |
    (hash2 ^ wordAt(hash, 8)) |
    (hash3 ^ wordAt(hash, 12)) |
    (hash4 ^ wordAt(hash, 16)) |
    (hash5 ^ wordAt(hash, 20)) |
    (hash6 ^ wordAt(hash, 24)) |
    (hash7 ^ wordAt(hash, 28));
  return (difference | (hash.length ^ HASH_BYTES)) === 0;
}

/** Has a key be recognised by a token that was found to be its current one, unless it is by one already. */
export function recogniseBy(by: Recognisable, token: string): void {
  if (by.ending !== 0) return;
  const hash = sha256Binary(token);
  by.ending = lastCharacters(token);
  by.hash0 = wordAt(hash, 0);
  by.hash1 = wordAt(hash, 4);
  by.hash2 = wordAt(hash, 8);
  by.hash3 = wordAt(hash, 12);
  by.hash4 = wordAt(hash, 16);
  by.hash5 = wordAt(hash, 20);
  by.hash6 = wordAt(hash, 24);
  by.hash7 = wordAt(hash, 28);
}

/** Four bytes of a hash that has one character a byte. */
function wordAt(hash: string, at: number): number {
  return (
    hash.charCodeAt(at) |
    (hash.charCodeAt(at + 1) << 8) |
    (hash.charCodeAt(at + 2) << 16) |
    (hash.charCodeAt(at + 3) << 24)
  );
}
