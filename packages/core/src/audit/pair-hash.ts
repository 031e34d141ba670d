import { sha256OfBytes } from "#sha256";

const HASH_BYTES = 32;

/**
 * SHA-256 of a tag and two hashes. The tag tells what is hashed apart: a node of a tree (0x01), a link of a chain (0x02).
 *
 * @param left 64 lower-case hex digits; so is `right`
 */
export function pairHash(tag: 0x01 | 0x02, left: string, right: string): string {
  const bytes = new Uint8Array(1 + 2 * HASH_BYTES);
  bytes[0] = tag;
  writeHex(bytes, 1, left);
  writeHex(bytes, 1 + HASH_BYTES, right);
  return sha256OfBytes(bytes);
}

function writeHex(bytes: Uint8Array, at: number, hex: string): void {
  for (let index = 0; index < hex.length; index += 2) {
    bytes[at + index / 2] = 16 * digitAt(hex, index) + digitAt(hex, index + 1);
  }
}

// Without a text of each digit: a seal of many keys is a great many of them.
function digitAt(hex: string, index: number): number {
  const code = hex.charCodeAt(index);
  return code < 0x3a ? code - 0x30 : code - 0x57;
}
