/** How much of a limit is spent: `part` of `whole`, two whole numbers, and at most all of it. */
export interface SpentShare {
  readonly part: number;
  /** At least 1. */
  readonly whole: number;
}

/** That share of a whole number, rounded up: what is spent never becomes less. */
export function shareOf(total: number, { part, whole }: SpentShare): number {
  // The product of two spans in microseconds is no safe integer, and a rounded quotient is a unit more or less.
  return Number((BigInt(part) * BigInt(total) + BigInt(whole - 1)) / BigInt(whole));
}
