import { sha256 } from "#sha256";
import { pairHash } from "./pair-hash.js";

/**
 * The hash of a Merkle tree (RFC 9162 §2.1.1) over texts in UTF-8, in their order, as 64 lower-case hex digits. To pair
 * neighbours level by level, the last of an odd number going up as it is, splits at the same powers of two.
 */
export function treeHash(leaves: readonly string[]): string {
  let level: readonly string[] = leaves.map((leaf) => sha256(`\0${leaf}`));
  while (level.length > 1) level = paired(level);
  return level[0] ?? sha256("");
}

function paired(level: readonly string[]): readonly string[] {
  const above: string[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const [left = "", right] = [level[index], level[index + 1]];
    above.push(right === undefined ? left : pairHash(0x01, left, right));
  }
  return above;
}
