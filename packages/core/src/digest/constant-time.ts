const HEX_LENGTH = 64;

/**
 * Whether two digests are the same 64 hex digits, in a time that does not depend on where they differ, as far as JavaScript can promise
 * any. A text of another length equals nothing, not even itself.
 */
export function equalConstantTime(a: string, b: string): boolean {
  let difference = (a.length ^ HEX_LENGTH) | (b.length ^ HEX_LENGTH);
  for (let index = 0; index < HEX_LENGTH; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}
