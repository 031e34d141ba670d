import * as z from "zod/mini";
import { fields, parseInput } from "../value/parse-input.js";
import { invalidInput } from "../value/refuse.js";
import { time } from "../value/time.js";
import type { UsageQuery } from "./usage.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DEFAULT_RANGE_MS = 7 * DAY_MS;
/** A year, and the month that one compares with its like. The hour is the one under way. */
const MAX_RANGE_MS = 400 * DAY_MS + HOUR_MS;

const schema = fields({ from: z.optional(time), before: z.optional(time) });

/**
 * The hours for which counts are wanted: those that began within [fromAt, beforeAt). Unless given, the last seven days
 * with the hour under way, also by the clock of a process that is a little ahead.
 *
 * @param input `from` and `before`: a `Date` or epoch ms
 * @throws ClavigerError `invalid_input` naming the field: `before` also where it is not after `from`, `from` also where it
 *   is more than 400 days before the end
 */
export function parseUsageRange(input: unknown, nowMs: number): Pick<UsageQuery, "fromAt" | "beforeAt"> {
  const { from, before } = parseInput("range", schema, input === undefined ? {} : input);
  const beforeAt = before ?? Math.max(nowMs, from ?? 0) + HOUR_MS;
  const fromAt = from ?? Math.max(0, Math.min(nowMs, beforeAt) - DEFAULT_RANGE_MS);
  if (beforeAt <= fromAt) throw invalidInput("before", "later than from", new Date(beforeAt));
  if (beforeAt - fromAt > MAX_RANGE_MS) throw invalidInput("from", "at most 400 days before the end", new Date(fromAt));
  return { fromAt, beforeAt };
}
