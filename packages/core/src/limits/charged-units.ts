/**
 * What a request of this cost adds to a meter, in units. Every cost above the limit is refused alike, so that one more
 * than the limit stands for all of them and no sum leaves the safe integers. With a limit of 0 that is 1: refused too.
 */
export function chargedUnits(limit: number, cost: number): number {
  return Math.min(cost, limit + 1);
}
