import { BASE62 } from "./base62.js";
import { CRC_START, crcAt, crcOfFour, crcOfOne } from "./crc32.js";
import { CHECKSUM_LENGTH, ID_LENGTH, UNDERSCORE } from "./token-shape.js";

const OTHER = 0x100;
/** By character: 0 for a digit of base62, 1 for an underscore. What is in no table is OTHER. */
const KINDS: Uint16Array = /* @__PURE__ */ Uint16Array.from({ length: 128 }, (_, code) => {
  if (code === UNDERSCORE) return 1;
  return BASE62.includes(String.fromCharCode(code)) ? 0 : OTHER;
});

/**
 * The CRC-32 of all that stands before a token's checksum. Shape and checksum are found in one walk: to read a character of
 * a string costs more than what is done with it.
 *
 * @param idStart where the id begins; what stands before it is checked elsewhere
 * @param end where the checksum begins
 * @returns undefined unless there is nothing but base62 between, and one underscore behind the id
 */
export function checksumBefore(text: string, idStart: number, end: number): number | undefined {
  let state = CRC_START;
  let index = 0;
  for (; index < idStart; index += 1) state = crcOfOne(state, text.charCodeAt(index));
  // So many underscores, unless there is anything else.
  let kinds = 0;
  for (; index + 3 < end; index += 4) {
    const first = text.charCodeAt(index);
    const second = text.charCodeAt(index + 1);
    const third = text.charCodeAt(index + 2);
    const fourth = text.charCodeAt(index + 3);
    kinds += kindOf(first) + kindOf(second) + kindOf(third) + kindOf(fourth);
    state = crcOfFour(state, first, second, third, fourth);
  }
  for (; index < end; index += 1) {
    kinds += kindOf(text.charCodeAt(index));
    state = crcOfOne(state, text.charCodeAt(index));
  }
  return kinds === 1 && text.charCodeAt(idStart + ID_LENGTH) === UNDERSCORE ? crcAt(state) : undefined;
}

function kindOf(code: number): number {
  return KINDS[code] ?? OTHER;
}

/** A number of the characters where a checksum stands, by which nearly all texts are told from a token at a glance. */
export function lastCharacters(text: string): number {
  let ending = 0;
  for (let index = text.length - CHECKSUM_LENGTH; index < text.length; index += 1)
    ending = (Math.imul(ending, BASE62.length) + text.charCodeAt(index)) | 0;
  return ending;
}
