/**
 * A source of bytes that gives the same ones for the same seed: Marsaglia's xorshift32 (Xorshift RNGs, 2003), of whose
 * four bytes the best mixed is taken. For tests; anyone can foretell it.
 */
export function seededRandom(seed: number): (bytes: number) => Uint8Array {
  // Zero is the one state that xorshift never leaves.
  let state = seed >>> 0 || 0x9e3779b9;
  const nextByte = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 16) & 0xff;
  };
  return (bytes) => Uint8Array.from({ length: bytes }, nextByte);
}
