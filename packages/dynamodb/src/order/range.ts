import type { Placeholders } from "../client/expression.js";
import { attribute } from "../client/item.js";
import { type Place, placeText, timeText } from "./place.js";

/** Which part of an order is asked for. */
export interface Range {
  readonly order: "newest" | "oldest";
  /** Exclusive: where the last page ended. */
  readonly after?: Place | undefined;
  /** Epoch ms, inclusive. */
  readonly fromAt?: number | undefined;
  /** Epoch ms, exclusive. */
  readonly beforeAt?: number | undefined;
}

/** Where sort keys of places lie: from `low` to `high`, both inclusive, but `skip`. */
export interface Bounds {
  readonly low: string;
  readonly high: string;
  readonly skip: string | undefined;
}

// Every place begins with a digit.
const FIRST = "0";
const BEYOND = ":";

/**
 * A time without an id comes before all places of that time, and is none itself: as a lower bound it lets them in, as an
 * upper one it keeps them out. DynamoDB takes one condition on a sort key, so that the place to be excluded is left out
 * afterwards.
 *
 * @returns undefined: nothing lies there (DynamoDB refuses a range whose ends are the wrong way round)
 */
export function boundsOf({ order, after, fromAt, beforeAt }: Range): Bounds | undefined {
  const skip = after && placeText(after);
  const lows = [fromAt === undefined ? FIRST : timeText(fromAt), order === "oldest" ? (skip ?? FIRST) : FIRST];
  const highs = [beforeAt === undefined ? BEYOND : timeText(beforeAt), order === "newest" ? (skip ?? BEYOND) : BEYOND];
  const low = lows.sort().at(-1) ?? FIRST;
  const high = highs.sort().at(0) ?? BEYOND;
  return low <= high ? { low, high, skip } : undefined;
}

/** The condition by which a query walks a part of a partition. */
export function keyCondition(
  names: { readonly partition: string; readonly place: string },
  partition: string,
  { low, high }: Bounds,
): Placeholders & { readonly keyCondition: string } {
  return {
    keyCondition: `#${names.partition} = :partition AND #${names.place} BETWEEN :low AND :high`,
    values: { ":partition": attribute(partition), ":low": attribute(low), ":high": attribute(high) },
  };
}
