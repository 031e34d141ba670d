import { fields, parseInput } from "../value/parse-input.js";
import { invalidInput } from "../value/refuse.js";
import { time } from "../value/time.js";

const schema = fields({ before: time });

/**
 * Up to when events are to be taken away, epoch ms. There is no default, and no time to come: a purge without an end, or
 * with one that is no date, would take the whole log.
 *
 * @throws ClavigerError `invalid_input`
 */
export function parsePurgeTime(before: unknown, nowMs: number): number {
  const { before: beforeAt } = parseInput("before", schema, { before });
  if (beforeAt > nowMs) throw invalidInput("before", "a time that is not in the future", new Date(beforeAt));
  return beforeAt;
}
