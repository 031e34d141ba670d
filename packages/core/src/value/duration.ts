import * as z from "zod/mini";
import { MAX_DURATION_MS } from "../bounds.js";

/** `90d`, `24h`, `30m`, `15s`, `250ms`, or a positive whole number of milliseconds. */
export type Duration = `${number}${"ms" | "s" | "m" | "h" | "d"}` | number;

const MS_PER_UNIT = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const PATTERN = /^([1-9][0-9]{0,14})(ms|s|m|h|d)$/;

/** Schema of a {@link Duration}; gives milliseconds, a positive whole number of at most `maxMs`. */
export function duration(maxMs: number = MAX_DURATION_MS): z.ZodMiniType<number> {
  const allowed = `a duration such as "90d", "24h", "30m", "15s", "250ms" or a positive whole number of ms, at most ${maxMs} ms`;
  return z.pipe(
    z.custom<Duration>((value) => (durationMs(value) ?? Number.POSITIVE_INFINITY) <= maxMs, allowed),
    z.transform((value) => durationMs(value) ?? 0),
  );
}

/** A {@link Duration} in milliseconds; undefined for what is none. */
export function durationMs(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) && value > 0 ? value : undefined;
  const match = typeof value === "string" ? PATTERN.exec(value) : null;
  if (match === null) return undefined;
  return Number(match[1]) * MS_PER_UNIT[match[2] as keyof typeof MS_PER_UNIT];
}
