import { plainMaker } from "../value/plain-maker.js";
import type { GcraCharge, Meter } from "./charge.js";
import { chargedUnits } from "./charged-units.js";
import type { Limit, LimitState, RateLimit } from "./limit.js";
import { meterName } from "./meter-name.js";
import { type SpentShare, shareOf } from "./spent-share.js";

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
 * Where `limit` alone changes, the meter stays, and with it the share of the limit that is spent; another period is
 * another meter, onto which `carryOver` brings that share.
 *
 * @param cost a positive whole number
 * @param nowMs the caller's clock, epoch ms
 */
export function gcraCharge(limit: RateLimit, cost: number, nowMs: number): GcraCharge {
  const floorUs = nowMs * 1000;
  const eachUs = intervalUs(limit);
  const addUs = chargedUnits(limit.limit, cost) * eachUs;
  return new Charge(meterName(limit), floorUs, addUs, floorUs + limit.limit * eachUs);
}

const Charge = plainMaker<[meter: string, floorUs: number, addUs: number, ceilingUs: number], GcraCharge>(
  function (meter, floorUs, addUs, ceilingUs) {
    this.form = "gcra";
    this.meter = meter;
    this.floorUs = floorUs;
    this.addUs = addUs;
    this.ceilingUs = ceilingUs;
  },
);

/**
 * What the meter says of the limit. Spans are measured on the clock that the charge went by (`nowUs`) and told on the
 * caller's (`nowMs`). The limit is whole again when the meter's time has come.
 */
export function gcraState(limit: RateLimit, meter: Meter | null, nowMs: number, nowUs: number): LimitState {
  const aheadUs = aheadOf(meter, nowUs);
  const eachUs = intervalUs(limit);
  const remaining = Math.max(0, Math.floor((limit.limit * eachUs - aheadUs) / eachUs));
  return new State(limit, remaining, nowMs + Math.ceil(aheadUs / 1000));
}

const State = plainMaker<
  [limit: RateLimit, remaining: number, resetAt: number],
  Required<Omit<LimitState, "sharedBy" | "refused">>
>(function (limit, remaining, resetAt) {
  this.name = limit.name;
  this.kind = limit.kind;
  this.limit = limit.limit;
  this.remaining = remaining;
  this.resetAt = resetAt;
  this.windowMs = limit.per;
});

/** In how many ms a request of this cost would fit, if nobody else spent; 0: now; null: never. */
export function gcraWaitMs(limit: RateLimit, cost: number, meter: Meter | null, nowUs: number): number | null {
  if (cost > limit.limit) return null;
  const excessUs = aheadOf(meter, nowUs) + cost * intervalUs(limit) - burstUs(limit);
  return Math.max(0, Math.ceil(excessUs / 1000));
}

/** The share of the limit whose refill is outstanding. Of a limit of 0 too, which keeps what is spent of another. */
export function gcraSpent(limit: RateLimit, meter: Meter | null, nowUs: number): SpentShare {
  const whole = spanUs(limit);
  return { part: Math.min(Math.ceil(aheadOf(meter, nowUs)), whole), whole };
}

/** Puts a meter, unless it is there already, to where such a share of the limit is outstanding. */
export function gcraCarry(limit: RateLimit, spent: SpentShare, nowMs: number): GcraCharge {
  const floorUs = nowMs * 1000 + shareOf(spanUs(limit), spent);
  return { form: "gcra", meter: meterName(limit), floorUs, addUs: 0, ceilingUs: floorUs };
}

function aheadOf(meter: Meter | null, nowUs: number): number {
  return meter?.form === "gcra" ? Math.max(0, meter.tatUs - nowUs) : 0;
}

/** Rounded up, so that rounding never admits more. A limit of 0 has no rate: any interval leaves no room for a unit. */
function intervalUs(limit: RateLimit): number {
  return Math.ceil((limit.per * 1000) / Math.max(1, limit.limit));
}

function burstUs(limit: RateLimit): number {
  return limit.limit * intervalUs(limit);
}

/** In which a meter that is spent whole is refilled. */
function spanUs(limit: RateLimit): number {
  return Math.max(1, limit.limit) * intervalUs(limit);
}
