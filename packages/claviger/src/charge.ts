import {
  type Gates,
  isLimited,
  judgeLimits,
  type LimitState,
  type ReadyKey,
  type SharedLimits,
  type Verdict,
  viewOf,
} from "@claviger/core";
import { chargeRequest, sharedBy } from "./limits/charge-request.js";
import { onlyResult } from "./limits/consume-one.js";
import { withSpend } from "./limits/spent.js";
import type { Shell } from "./shell.js";

const NO_LIMITS: readonly LimitState[] = Object.freeze([]);

/** Charges the limits of a key that is admitted otherwise, its own and those that it shares: at once where there are none. */
export function charge<Shown extends string>(
  shell: Shell,
  key: ReadyKey,
  gates: Gates,
  cost: number,
  nowMs: number,
): Verdict<Shown> | Promise<Verdict<Shown>> {
  const shared = sharedBy(gates);
  if (!isLimited(key) && shared === undefined) return { ok: true, key: viewOf<Shown>(key, nowMs), limits: NO_LIMITS };
  return spend<Shown>(shell, key, shared, cost, nowMs);
}

async function spend<Shown extends string>(
  shell: Shell,
  key: ReadyKey,
  shared: SharedLimits | undefined,
  cost: number,
  nowMs: number,
): Promise<Verdict<Shown>> {
  const { id, limits } = key.record;
  const request = chargeRequest(key.record, shared, cost, 1, nowMs);
  const result = onlyResult(await shell.store.consume([request], nowMs));
  const { states, refusal } = judgeLimits(limits, cost, nowMs, result, shared);
  if (refusal === undefined)
    return withSpend({ ok: true, key: viewOf<Shown>(key, nowMs), limits: states }, shell, request, result);
  const { code, retryAfterMs } = refusal;
  return { ok: false, code, keyId: id, limits: states, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
