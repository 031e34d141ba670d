/** Where the middle of some figures lies, and how far they spread. */
export interface Summary {
  readonly median: number;
  /** A quarter of the figures is at or below this. */
  readonly low: number;
  /** A quarter of the figures is at or above this. */
  readonly high: number;
}

/**
 * @param figures at least one, in any order
 * @throws RangeError for none
 */
export function summarise(figures: readonly number[]): Summary {
  if (figures.length === 0) throw new RangeError("figures must be at least one; got none");
  const sorted = figures.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/**
 * The value below which a share of the figures lies, between two of them by the straight line.
 *
 * @param sorted ascending, at least one
 * @param share 0 to 1
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new RangeError("sorted must hold a figure; got none");
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * The ratio of two figures of the same round, round by round: what slows a machine for a while slows both.
 *
 * @throws RangeError for series of different lengths
 */
export function pairedRatios(figures: readonly number[], against: readonly number[]): readonly number[] {
  if (figures.length !== against.length)
    throw new RangeError(`both series must have as many rounds; got ${figures.length} and ${against.length}`);
  return figures.map((figure, round) => figure / (against[round] ?? Number.NaN));
}
