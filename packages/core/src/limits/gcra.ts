import type { GcraCharge, Meter } from "./charge.js";
import { chargedUnits } from "./charged-units.js";
import type { Limit, RateLimit } from "./limit.js";
import type { Reading } from "./reading.js";

/** Whether a limit is metered by GCRA; every other one counts in windows. */
export function isGcra(limit: Limit): limit is RateLimit & { readonly algorithm: "gcra" } {
  return limit.kind === "rate" && limit.algorithm === "gcra";
}

/**
 * Charge of a rate by the generic cell rate algorithm (ITU-T I.371 annex A.1, virtual scheduling). The meter is the
 * time at which all that was spent will have been refilled; each unit moves it on by `per / limit`, rounded up to a
 * whole microsecond, and it may be ahead of now by `limit` units.
 *
 * **Bound**: of a limit N, N units at once on a fresh key, and at most 2N − 1 in any half-open span of `per`: k units
 * move the meter by k intervals, from no earlier than the span's begin to at most N intervals past its end; N intervals
 * are no shorter than the span, so k < 2N. A client that spaces requests evenly at half the rate is never refused.
 * One that takes all it can gets N a `per` after the first N, less the rounding up; with a `per` of 1 ms, which passes
 * whole between two looks at the clock, up to one unit less in each.
 *
 * The period is part of the meter's name: a key that has spent a month's burst and is then given a period of a minute
 * would otherwise stay refused for the month. To change the period is to start afresh; to change `limit` alone is not.
 *
 * @param cost a positive whole number
 * @param nowMs the caller's clock, epoch ms
 */
export function gcraCharge(limit: RateLimit, cost: number, nowMs: number): GcraCharge {
  const floorUs = nowMs * 1000;
  return {
    form: "gcra",
    meter: `gcra:${limit.per}:${limit.name}`,
    floorUs,
    addUs: chargedUnits(limit.limit, cost) * intervalUs(limit),
    ceilingUs: floorUs + burstUs(limit),
  };
}

/**
 * What the meter says of the limit. Spans are measured on the clock that the charge went by (`nowUs`) and told on the
 * caller's (`nowMs`). The limit is whole again when the meter's time has come.
 */
export function gcraReading(
  limit: RateLimit,
  cost: number,
  meter: Meter | null,
  nowMs: number,
  nowUs: number,
): Reading {
  const aheadUs = meter?.form === "gcra" ? Math.max(0, meter.tatUs - nowUs) : 0;
  const excessUs = aheadUs + chargedUnits(limit.limit, cost) * intervalUs(limit) - burstUs(limit);
  return {
    state: {
      name: limit.name,
      kind: limit.kind,
      limit: limit.limit,
      remaining: Math.max(0, Math.floor((burstUs(limit) - aheadUs) / intervalUs(limit))),
      resetAt: nowMs + Math.ceil(aheadUs / 1000),
      windowMs: limit.per,
    },
    waitMs: cost > limit.limit ? null : Math.max(0, Math.ceil(excessUs / 1000)),
  };
}

/** Rounded up, so that rounding never admits more. A limit of 0 has no rate: any interval leaves no room for a unit. */
function intervalUs(limit: RateLimit): number {
  return Math.ceil((limit.per * 1000) / Math.max(1, limit.limit));
}

function burstUs(limit: RateLimit): number {
  return limit.limit * intervalUs(limit);
}
