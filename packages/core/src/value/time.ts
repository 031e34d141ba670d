import * as z from "zod/mini";
import { MAX_TIME_MS } from "../bounds.js";

/** A point in time: a `Date`, or whole milliseconds since the epoch. */
export type TimeInput = Date | number;

/**
 * Schema of a {@link TimeInput}; gives epoch ms. Strings are refused: `31/12/2020` would be an invalid date, and an
 * invalid date is never in the past.
 */
export const time: z.ZodMiniType<number> = z.pipe(
  z.custom<TimeInput>((value) => isTime(toMs(value)), "a valid Date, or whole epoch milliseconds, from 1970 to 2200"),
  z.transform((value) => (value instanceof Date ? value.getTime() : value)),
);

function toMs(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}

function isTime(ms: unknown): boolean {
  return typeof ms === "number" && Number.isSafeInteger(ms) && ms >= 0 && ms <= MAX_TIME_MS && !Object.is(ms, -0);
}
