const REVERSED_POLYNOMIAL = 0xedb88320;

// By what a byte adds to the checksum when 0, 1, 2 or 3 more follow it in the same step.
const [TABLE_0, TABLE_1, TABLE_2, TABLE_3] = /* @__PURE__ */ tables();

function tables(): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit += 1)
      remainder = remainder & 1 ? (remainder >>> 1) ^ REVERSED_POLYNOMIAL : remainder >>> 1;
    return remainder;
  });
  const next = (table: Int32Array): Int32Array =>
    table.map((remainder) => (remainder >>> 8) ^ (first[remainder & 0xff] ?? 0));
  const second = next(first);
  const third = next(second);
  return [first, second, third, next(third)];
}

/** The state of a checksum before its first character. */
export const CRC_START = -1;

/** The state after one more character of ASCII. */
export function crcOfOne(state: number, code: number): number {
  return (state >>> 8) ^ (TABLE_0[(state ^ code) & 0xff] ?? 0);
}

/**
 * The state after four more characters of ASCII. Each goes by a table of its own: one after the other every look-up would
 * wait for the one before, which takes twice as long.
 */
export function crcOfFour(state: number, first: number, second: number, third: number, fourth: number): number {
  const mixed = state ^ (first | (second << 8) | (third << 16) | (fourth << 24));
  return (
    (TABLE_3[mixed & 0xff] ?? 0) ^
    (TABLE_2[(mixed >>> 8) & 0xff] ?? 0) ^
    (TABLE_1[(mixed >>> 16) & 0xff] ?? 0) ^
    (TABLE_0[mixed >>> 24] ?? 0)
  );
}

/** The checksum at the end, 0 to 2 ** 32 - 1. */
export function crcAt(state: number): number {
  return ~state >>> 0;
}

/**
 * CRC-32/ISO-HDLC, the one of zip and Ethernet: 0xcbf43926 for `123456789`.
 *
 * @param text ASCII
 * @param end up to which character, exclusive; the whole text unless given
 * @returns 0 to 2 ** 32 - 1
 */
export function crc32(text: string, end: number = text.length): number {
  let state = CRC_START;
  for (let index = 0; index < end; index += 1) state = crcOfOne(state, text.charCodeAt(index));
  return crcAt(state);
}
