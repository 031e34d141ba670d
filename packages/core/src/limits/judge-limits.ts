import type { ChargeResult } from "../store/meter-store.js";
import { listOf, onlyOf } from "../value/lists.js";
import { gcraState, gcraWaitMs, isGcra } from "./gcra.js";
import type { Limit, LimitState } from "./limit.js";
import type { SharedLimits } from "./shared-limits.js";
import { windowState, windowWaitMs } from "./window-count.js";

export interface LimitRefusal {
  /** `quota_exceeded` as soon as a quota or credits refuse, since the rates alone do not decide then; else `rate_limited`. */
  readonly code: "rate_limited" | "quota_exceeded";
  /**
   * The longest wait among the limits that refused, whole ms, more than 0: a request of the same cost that comes
   * exactly so much later is admitted, if nobody else spends. Absent: one never refills, or is smaller than the cost.
   */
  readonly retryAfterMs?: number;
}

export interface LimitJudgement {
  /** The key's in declared order, then its owner's, then its tenant's, as the meters are after the charge. */
  readonly states: readonly LimitState[];
  /** Absent: the request was admitted. */
  readonly refusal?: LimitRefusal;
}

/**
 * What the store's answer to the charges of `chargesFor(limits, cost, nowMs)`, and of those that are shared, means for
 * one request.
 *
 * @param nowMs the clock that the charges were prepared by, epoch ms
 * @param result `admitted` 0: refused. Spans of a `gcra` meter count from `nowUs`, which may be the store's clock, and
 *   are told on the caller's
 * @param shared the limits whose charges were `shared`
 */
export function judgeLimits(
  limits: readonly Limit[],
  cost: number,
  nowMs: number,
  result: ChargeResult,
  shared?: SharedLimits,
): LimitJudgement {
  const states = limitStates(limits, nowMs, result, shared);
  if (result.admitted > 0) return { states };
  const all = shared === undefined ? limits : [...limits, ...shared.ownerLimits, ...shared.tenantLimits];
  return refused(states, all, cost, nowMs, result);
}

/** How the limits stand by what the store tells of their meters: as {@link judgeLimits}. */
export function limitStates(
  limits: readonly Limit[],
  nowMs: number,
  result: ChargeResult,
  shared?: SharedLimits,
): readonly LimitState[] {
  const only = onlyOf(limits);
  return only !== undefined && shared === undefined
    ? listOf(stateOf(only, 0, nowMs, result))
    : allStates(limits, nowMs, result, shared);
}

function allStates(
  limits: readonly Limit[],
  nowMs: number,
  result: ChargeResult,
  shared: SharedLimits | undefined,
): readonly LimitState[] {
  const own = limits.map((limit, index) => stateOf(limit, index, nowMs, result));
  if (shared === undefined) return own;
  const { ownerLimits, tenantLimits } = shared;
  const statesFrom = (first: number, of: readonly Limit[], sharedBy: "owner" | "tenant"): readonly LimitState[] =>
    of.map((limit, index) => ({ ...stateOf(limit, first + index, nowMs, result), sharedBy }));
  return [
    ...own,
    ...statesFrom(own.length, ownerLimits, "owner"),
    ...statesFrom(own.length + ownerLimits.length, tenantLimits, "tenant"),
  ];
}

function stateOf(limit: Limit, index: number, nowMs: number, { meters, nowUs }: ChargeResult): LimitState {
  const meter = meters[index] ?? null;
  return isGcra(limit) ? gcraState(limit, meter, nowMs, nowUs) : windowState(limit, meter, nowMs);
}

/** The store's answer stands even where its meters show room for the request: no wait is known then. */
function refused(
  states: readonly LimitState[],
  limits: readonly Limit[],
  cost: number,
  nowMs: number,
  result: ChargeResult,
): LimitJudgement {
  const waits = limits.map((limit, index) => waitOf(limit, index, cost, nowMs, result));
  const refusing = limits.filter((_, index) => waits[index] !== 0);
  const code = refusing.every(({ kind }) => kind === "rate") ? "rate_limited" : "quota_exceeded";
  const longestMs = Math.max(0, ...waits.map((waitMs) => waitMs ?? Number.POSITIVE_INFINITY));
  return {
    states: states.map((state, index) => (waits[index] === 0 ? state : { ...state, refused: true })),
    refusal: longestMs > 0 && Number.isFinite(longestMs) ? { code, retryAfterMs: longestMs } : { code },
  };
}

function waitOf(
  limit: Limit,
  index: number,
  cost: number,
  nowMs: number,
  { meters, nowUs }: ChargeResult,
): number | null {
  const meter = meters[index] ?? null;
  return isGcra(limit) ? gcraWaitMs(limit, cost, meter, nowUs) : windowWaitMs(limit, cost, meter, nowMs);
}
