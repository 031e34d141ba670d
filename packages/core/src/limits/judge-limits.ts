import type { ChargeResult } from "../store/meter-store.js";
import { gcraReading, isGcra } from "./gcra.js";
import type { Limit, LimitState } from "./limit.js";
import type { Reading } from "./reading.js";
import { windowReading } from "./window-count.js";

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
  /** In declared order, as the meters are after the charge. */
  readonly states: readonly LimitState[];
  /** Absent: the request was admitted. */
  readonly refusal?: LimitRefusal;
}

/**
 * What the store's answer to `chargesFor(limits, cost, nowMs)` means for one request.
 *
 * @param nowMs the clock that the charges were prepared by, epoch ms
 * @param result `admitted` 0: refused. Spans of a `gcra` meter count from `nowUs`, which may be the store's clock, and
 *   are told on the caller's
 */
export function judgeLimits(
  limits: readonly Limit[],
  cost: number,
  nowMs: number,
  result: ChargeResult,
): LimitJudgement {
  const readings = limits.map((limit, index): Reading => {
    const meter = result.meters[index] ?? null;
    return isGcra(limit)
      ? gcraReading(limit, cost, meter, nowMs, result.nowUs)
      : windowReading(limit, cost, meter, nowMs);
  });
  const states = readings.map(({ state }) => state);
  return result.admitted > 0 ? { states } : { states, refusal: refusalOf(readings) };
}

/** The store's answer stands even where its meters show room for the request: no wait is known then. */
function refusalOf(readings: readonly Reading[]): LimitRefusal {
  const refusing = readings.filter(({ waitMs }) => waitMs !== 0);
  const code = refusing.every(({ state }) => state.kind === "rate") ? "rate_limited" : "quota_exceeded";
  const waits = refusing.map(({ waitMs }) => waitMs ?? Number.POSITIVE_INFINITY);
  const retryAfterMs = Math.max(0, ...waits);
  return retryAfterMs > 0 && Number.isFinite(retryAfterMs) ? { code, retryAfterMs } : { code };
}
