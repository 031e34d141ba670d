import {
  type ChargeRequest,
  type ChargeResult,
  type Gates,
  judgeLimits,
  type Limit,
  type LimitState,
  limitsOf,
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
  const limits = limitsOf(key);
  if (limits.length === 0 && shared === undefined)
    return { ok: true, key: viewOf<Shown>(key, nowMs), limits: NO_LIMITS };
  const { atOnce } = shell.store.consume;
  const request = chargeRequest(key.record, limits, shared, cost, 1, nowMs);
  const charging = { shell, key, limits, shared, cost, nowMs, request };
  return atOnce === undefined ? charged<Shown>(charging) : verdictOf<Shown>(charging, atOnce(request, nowMs));
}

/** A verify's charge. */
interface Charging {
  readonly shell: Shell;
  readonly key: ReadyKey;
  readonly limits: readonly Limit[];
  readonly shared: SharedLimits | undefined;
  readonly cost: number;
  readonly nowMs: number;
  readonly request: ChargeRequest;
}

async function charged<Shown extends string>(charging: Charging): Promise<Verdict<Shown>> {
  const { shell, request, nowMs } = charging;
  return verdictOf<Shown>(charging, onlyResult(await shell.store.consume([request], nowMs)));
}

function verdictOf<Shown extends string>(
  { shell, key, limits, shared, cost, nowMs, request }: Charging,
  result: ChargeResult,
): Verdict<Shown> {
  const { states, refusal } = judgeLimits(limits, cost, nowMs, result, shared);
  if (refusal === undefined)
    return withSpend({ ok: true, key: viewOf<Shown>(key, nowMs), limits: states }, shell, request, result);
  const { code, retryAfterMs } = refusal;
  return { ok: false, code, keyId: key.record.id, limits: states, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
