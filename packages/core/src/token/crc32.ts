const REVERSED_POLYNOMIAL = 0xedb88320;

const TABLE: Uint32Array = /* @__PURE__ */ Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1)
    remainder = remainder & 1 ? (remainder >>> 1) ^ REVERSED_POLYNOMIAL : remainder >>> 1;
  return remainder;
});

/**
 * CRC-32/ISO-HDLC, the one of zip and Ethernet: 0xcbf43926 for `123456789`.
 *
 * @param text ASCII
 * @param end up to which character, exclusive; the whole text unless given
 * @returns 0 to 2 ** 32 - 1
 */
export function crc32(text: string, end: number = text.length): number {
  let crc = 0xffffffff;
  for (let index = 0; index < end; index += 1) {
    crc = (crc >>> 8) ^ (TABLE[(crc ^ text.charCodeAt(index)) & 0xff] ?? 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
