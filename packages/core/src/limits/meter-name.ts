import { boundedCache } from "../value/bounded-cache.js";
import type { Limit } from "./limit.js";

/** Of limits, and of periods under one name: applications have a few of each. */
const MAX_NAMES = 1_000;
const MAX_PERIODS = 10;

const gcra = /* @__PURE__ */ namesOf("gcra");
const fixed = /* @__PURE__ */ namesOf("fixed");
const quota = /* @__PURE__ */ namesOf("quota");

/**
 * What a limit's meter is called, unique within the key. The name holds all that the meter's times and windows depend
 * on, so that it never counts by two rules: under the windows of a shorter period, a day's count would be forgotten; and
 * a month's GCRA time would refuse for the month what became a limit of a minute. The amount is no part of it. Another
 * kind is another limit: credits must not go on from what a quota has counted.
 */
export function meterName(limit: Limit): string {
  switch (limit.kind) {
    case "rate":
      return (limit.algorithm === "gcra" ? gcra : fixed)(limit.name)(limit.per);
    case "quota":
      return quota(limit.name)(limit.timeZone === "UTC" ? limit.refill : `${limit.refill}:${limit.timeZone}`);
    case "credits":
      return `credits:${limit.name}`;
    default: {
      const unreachable: never = limit;
      return unreachable;
    }
  }
}

// Made once of each: a text that is put together anew is hashed anew, too, wherever the meter is looked up.
function namesOf(form: string): (name: string) => (period: string | number) => string {
  return boundedCache(MAX_NAMES, (name) =>
    boundedCache<string, string | number>(MAX_PERIODS, (period) => `${form}:${period}:${name}`),
  );
}
