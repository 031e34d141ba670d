import * as z from "zod/mini";
import { MAX_LIMIT, MAX_LIMITS, MAX_PERIOD_MS, MAX_RATE_PER_MS } from "../bounds.js";
import { duration } from "../value/duration.js";
import { fields } from "../value/parse-input.js";
import { wholeNumber } from "../value/whole-number.js";
import type { Limit } from "./limit.js";
import { isTimeZone } from "./time-zone.js";

const NAME = /^[a-z][a-z0-9_-]{0,31}$/;

const name = z.custom<string>(
  (value) => typeof value === "string" && NAME.test(value),
  "a name of 1 to 32 of a-z, 0-9, _ and -, beginning with a letter",
);

const amount = wholeNumber(0, MAX_LIMIT);

const timeZone = z.custom<string>(isTimeZone, 'the name of an IANA time zone such as "Europe/Berlin"');

const rate = fields({
  name,
  kind: z.literal("rate"),
  limit: amount,
  per: duration(MAX_PERIOD_MS),
  algorithm: z._default(z.literal(["gcra", "fixed"], '"gcra" or "fixed"'), "gcra"),
}).check(
  z.refine(({ limit, per }) => limit <= per * MAX_RATE_PER_MS, {
    path: ["limit"],
    error: `at most ${MAX_RATE_PER_MS} for each millisecond of per`,
  }),
);

const quota = fields({
  name,
  kind: z.literal("quota"),
  limit: amount,
  refill: z.union(
    [z.literal(["day", "month"]), duration(MAX_PERIOD_MS)],
    `"day", "month", or a duration such as "7d" or a positive whole number of ms, at most ${MAX_PERIOD_MS} ms`,
  ),
  timeZone: z._default(timeZone, "UTC"),
}).check(
  z.refine((given) => typeof given.refill === "string" || given.timeZone === "UTC", {
    path: ["timeZone"],
    error: "left out, or UTC, unless refill is day or month: a duration counts from the Unix epoch",
  }),
);

const credits = fields({ name, kind: z.literal("credits"), limit: amount });

const limit = z.discriminatedUnion("kind", [rate, quota, credits], {
  error: 'a limit of the kind "rate", "quota" or "credits"',
});

const allowedLimits = `an array of at most ${MAX_LIMITS} limits`;

/**
 * Schema of a key's limits, at most 8 and of different names; reads {@link LimitInput}s, gives {@link Limit}s, and
 * leaves those as they are. Durations become ms; a rate is by GCRA and a time zone UTC unless given. A time zone is for
 * `day` and `month`; with a duration any but UTC is refused.
 */
export const limits: z.ZodMiniType<readonly Limit[]> = z.array(limit, allowedLimits).check(
  z.refine((given) => given.length <= MAX_LIMITS, allowedLimits),
  z.check(requireUniqueNames),
);

function requireUniqueNames({ value, issues }: z.core.ParsePayload<readonly Limit[]>): void {
  const seen = new Set<string>();
  for (const [index, given] of value.entries()) {
    if (seen.has(given.name)) {
      issues.push({
        code: "custom",
        input: given.name,
        path: [index, "name"],
        message: "a name that no other limit of the key has",
      });
    }
    seen.add(given.name);
  }
}
