import { MAX_TIME_MS } from "../bounds.js";
import { listOf, onlyOf } from "../value/lists.js";
import type { Charge } from "./charge.js";
import { gcraCharge, isGcra } from "./gcra.js";
import type { Limit } from "./limit.js";
import { windowCharge } from "./window-count.js";

/**
 * What a request spends on a key's meters: one charge a limit, in declared order, each on a meter of its own. All sums
 * that a store makes of them are safe integers.
 *
 * @param limits as `limits` parsed them
 * @param cost units, a positive whole number
 * @param nowMs the caller's clock, whole epoch ms up to the year 2200
 * @throws RangeError another cost or time; a time zone that the runtime does not know
 */
export function chargesFor(limits: readonly Limit[], cost: number, nowMs: number): readonly Charge[] {
  requireWhole("cost", cost, 1, Number.MAX_SAFE_INTEGER);
  requireWhole("nowMs", nowMs, 0, MAX_TIME_MS);
  const only = onlyOf(limits);
  return only === undefined ? chargesForAll(limits, cost, nowMs) : listOf(chargeFor(only, cost, nowMs));
}

function chargesForAll(limits: readonly Limit[], cost: number, nowMs: number): readonly Charge[] {
  return limits.map((limit) => chargeFor(limit, cost, nowMs));
}

function chargeFor(limit: Limit, cost: number, nowMs: number): Charge {
  return isGcra(limit) ? gcraCharge(limit, cost, nowMs) : windowCharge(limit, cost, nowMs);
}

// A fraction or a negative cost would be kept by a meter for ever; the callers' own checks are not all that stands before it.
function requireWhole(name: string, value: number, min: number, max: number): void {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be a whole number from ${min} to ${max}; got ${value}`);
}
