import {
  type Accepted,
  type ApiKey,
  type ChargeRequest,
  type ChargeResult,
  type Gates,
  judgeLimits,
  type Limit,
  type LimitState,
  limitsOf,
  listOf,
  plainMaker,
  type SharedLimits,
  type Verdict,
  viewOf,
} from "@claviger/core";
import { chargeRequest, foundCharge, sharedBy } from "./limits/charge-request.js";
import { onlyResult } from "./limits/consume-one.js";
import { withSpend } from "./limits/spent.js";
import type { Shell } from "./shell.js";
import type { WarmKey } from "./warm-key.js";

const NO_LIMITS: readonly LimitState[] = Object.freeze([]);

const NO_KEY = Object.freeze({}) as ApiKey;

const AcceptedVerdict = plainMaker<[key: ApiKey, limits: readonly LimitState[]], Accepted>(function (key, limits) {
  this.ok = true;
  // V8 takes note of the shape of what a member is set to, as long as it is always one, and then looks at each object for it: at one
  // of a million views, which nobody else has looked at. What was set to two shapes it does not look at.
  this.key = NO_KEY;
  this.key = key;
  this.limits = limits;
});

function accepted<Shown extends string>(key: ApiKey<Shown>, limits: readonly LimitState[]): Accepted<Shown> {
  return new AcceptedVerdict(key, limits) as Accepted<Shown>;
}

/** Charges the limits of a key that is admitted otherwise, its own and those that it shares: at once where there are none. */
export function charge<Shown extends string>(
  shell: Shell,
  key: WarmKey,
  gates: Gates,
  cost: number,
  nowMs: number,
): Verdict<Shown> | Promise<Verdict<Shown>> {
  const shared = sharedBy(gates);
  const limits = limitsOf(key);
  if (limits.length === 0 && shared === undefined) return accepted(viewOf<Shown>(key, nowMs), NO_LIMITS);
  const { atOnce } = shell.store.consume;
  const request = chargeRequest(key, limits, shared, cost, 1, nowMs);
  if (atOnce === undefined) return charged<Shown>(shell, key, limits, shared, request, cost, nowMs);
  const result = atOnce(request, nowMs, key.handle);
  if (key.handle !== result.handle) key.handle = result.handle;
  return verdictOf<Shown>(shell, key, limits, shared, request, cost, nowMs, result);
}

/**
 * Charges the limits of a key that would be admitted, in a store that finds out whether it still is as it was found.
 *
 * @returns undefined: it was not charged, and is to be found anew
 */
export async function chargeIfUnchanged<Shown extends string>(
  shell: Shell,
  key: WarmKey,
  gates: Gates,
  cost: number,
  nowMs: number,
): Promise<Verdict<Shown> | undefined> {
  if (sharedBy(gates) !== undefined) return undefined;
  const limits = limitsOf(key);
  const request = foundCharge(key, limits, cost, nowMs);
  let result: ChargeResult | null | undefined;
  try {
    [result] = (await shell.store.consumeIfUnchanged?.([request], nowMs)) ?? [];
  } finally {
    // After a failure, too: a database that was restored, or lost what it had not written yet, may number its rows anew.
    if (!result) shell.warmKeys.forget?.(key);
  }
  return result ? verdictOf<Shown>(shell, key, limits, undefined, request, cost, nowMs, result) : undefined;
}

async function charged<Shown extends string>(
  shell: Shell,
  key: WarmKey,
  limits: readonly Limit[],
  shared: SharedLimits | undefined,
  request: ChargeRequest,
  cost: number,
  nowMs: number,
): Promise<Verdict<Shown>> {
  const result = onlyResult(await shell.store.consume(listOf(request), nowMs));
  return verdictOf<Shown>(shell, key, limits, shared, request, cost, nowMs, result);
}

function verdictOf<Shown extends string>(
  shell: Shell,
  key: WarmKey,
  limits: readonly Limit[],
  shared: SharedLimits | undefined,
  request: ChargeRequest,
  cost: number,
  nowMs: number,
  result: ChargeResult,
): Verdict<Shown> {
  const { states, refusal } = judgeLimits(limits, cost, nowMs, result, shared);
  if (refusal === undefined) return withSpend(accepted(viewOf<Shown>(key, nowMs), states), shell, request, result);
  const { code, retryAfterMs } = refusal;
  return { ok: false, code, keyId: key.id, limits: states, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
