/** Whole numbers from 0 up to a bound, exclusive. */
export type Numbers = (bound: number) => number;

/**
 * The same numbers for the same seed: Marsaglia's xorshift32 (Xorshift RNGs, 2003). For orders and made-up tokens, not for
 * secrets.
 */
export function seededNumbers(seed: number): Numbers {
  // Zero is the one state that xorshift never leaves, and near seeds begin alike until they are mixed.
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0 || 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 0x1_0000_0000) * bound);
  };
}

/** A copy in random order: Fisher and Yates's shuffle. */
export function shuffled<T>(items: readonly T[], numbers: Numbers): T[] {
  const left = [...items];
  const order: T[] = [];
  while (left.length > 0) order.push(...left.splice(numbers(left.length), 1));
  return order;
}
