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

/**
 * CRC-32/ISO-HDLC, the one of zip and Ethernet: 0xcbf43926 for `123456789`.
 *
 * @param text ASCII
 * @param end up to which character, exclusive; the whole text unless given
 * @returns 0 to 2 ** 32 - 1
 */
export function crc32(text: string, end: number = text.length): number {
  let state = -1;
  let index = 0;
  for (; index + 3 < end; index += 4) {
    state = crcOfFour(
      state ^
        (text.charCodeAt(index) |
          (text.charCodeAt(index + 1) << 8) |
          (text.charCodeAt(index + 2) << 16) |
          (text.charCodeAt(index + 3) << 24)),
    );
  }
  for (; index < end; index += 1) state = (state >>> 8) ^ (TABLE_0[(state ^ text.charCodeAt(index)) & 0xff] ?? 0);
  return ~state >>> 0;
}

// Each by a table of its own: one after the other every look-up would wait for the one before, which takes twice as long.
function crcOfFour(mixed: number): number {
  return (
    (TABLE_3[mixed & 0xff] ?? 0) ^
    (TABLE_2[(mixed >>> 8) & 0xff] ?? 0) ^
    (TABLE_1[(mixed >>> 16) & 0xff] ?? 0) ^
    (TABLE_0[mixed >>> 24] ?? 0)
  );
}
