import * as z from "zod/mini";
import { flag } from "../value/flag.js";
import { fields, parseOption } from "../value/parse-input.js";
import { wholeNumber } from "../value/whole-number.js";

const DEFAULT_FLUSH_INTERVAL_MS = 5_000;
const MIN_FLUSH_INTERVAL_MS = 100;
/** No "last used" is older than this, whatever is set. */
const MAX_FLUSH_INTERVAL_MS = 60_000;

/** How a process gathers what its keys are used for. */
export interface UsageSettings {
  /** How often it is written, and so the longest that a crash can lose. */
  readonly flushIntervalMs: number;
  /** Whether scopes and clients are kept besides. */
  readonly evidence: boolean;
}

const schema = fields({
  flushIntervalMs: z.optional(wholeNumber(MIN_FLUSH_INTERVAL_MS, MAX_FLUSH_INTERVAL_MS)),
  evidence: z.optional(flag),
});

/**
 * The `usage` option with every default filled in; undefined where it is `false`.
 *
 * @throws TypeError naming what was refused, what was given and what is allowed
 */
export function usageOption(option: string, value: unknown): UsageSettings | undefined {
  if (value === false) return undefined;
  const { flushIntervalMs, evidence } = parseOption(`${option}.`, schema, value === undefined ? {} : value);
  return { flushIntervalMs: flushIntervalMs ?? DEFAULT_FLUSH_INTERVAL_MS, evidence: evidence ?? false };
}
