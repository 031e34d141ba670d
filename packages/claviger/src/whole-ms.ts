import { describeValue } from "@claviger/core";

/**
 * A time that a clock gave, in whole epoch ms. A clock that gives no time would let nothing expire, so it stops everything
 * instead.
 *
 * @throws RangeError
 */
export function wholeMs(given: number): number {
  const nowMs = Math.floor(given);
  if (Number.isSafeInteger(nowMs) && nowMs >= 0) return nowMs;
  throw new RangeError(`clock must return epoch milliseconds; got ${describeValue(nowMs)}`);
}
