const HEX_LENGTH = 64;

/**
 * Whether two digests are the same, in a time that does not depend on where they differ, as far as JavaScript can promise
 * any. A text of another length equals nothing, not even itself.
 *
 * @param length of a digest: 64 hex digits unless given
 */
export function equalConstantTime(a: string, b: string, length: number = HEX_LENGTH): boolean {
  let difference = (a.length ^ length) | (b.length ^ length);
  for (let index = 0; index < length; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}
