const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/**
 * Factors from 0.5 to 1.5 that lie as far apart as can be, in whatever number: multiples of the golden ratio, modulo 1.
 * What has to part are calls that were given up at once; within a process chance could not do it better, and between
 * processes a store without randomness of its own has the commits' timing to part them.
 */
export function createJitter(): () => number {
  let turn = 0;
  return () => {
    turn = (turn + GOLDEN_RATIO) % 1;
    return 0.5 + turn;
  };
}
