import { applyCharges, applyRefund, type ChargeRequest, type Meter, type RefundRequest } from "@claviger/core";
import type { MetersState } from "./meters-item.js";
import { isRefund, nothingSpent, type Outcome, type Spent, type Work } from "./work.js";

export interface AppliedWork {
  /** All meters of the key afterwards. */
  readonly meters: ReadonlyMap<string, Meter>;
  /** One for each piece of work, in order. */
  readonly outcomes: readonly Outcome[];
  /** Whether there is something to write. */
  readonly changed: boolean;
}

const REFUND_IN_DOUBT = new Error("DynamoDB: nobody knows whether a refund was written, so it is not written again");

/**
 * Does pieces of work one after the other by core's arithmetic, each with what those before it left. What cannot be done
 * fails alone.
 *
 * @param refundsInDoubt whether the refunds may have been written already: then they are left out
 */
export function applyWork(state: MetersState, work: readonly Work[], refundsInDoubt = false): AppliedWork {
  const meters = new Map(state.meters);
  const outcomes = work.map((each): Outcome => {
    if (!isRefund(each)) return spend(meters, each);
    return refundsInDoubt ? { fault: REFUND_IN_DOUBT } : takeBack(meters, each);
  });
  return { meters, outcomes, changed: [...meters].some(([name, meter]) => state.meters.get(name) !== meter) };
}

function spend(meters: Map<string, Meter>, { charges, units }: ChargeRequest): Outcome {
  let spent: Spent;
  try {
    spent = applyCharges(meters, charges, units);
  } catch (fault) {
    return { fault };
  }
  if (spent.admitted > 0)
    charges.forEach(({ meter }, index) => {
      const after = spent.meters[index];
      if (after) meters.set(meter, Object.freeze(after));
    });
  return { spent };
}

function takeBack(meters: Map<string, Meter>, request: RefundRequest): Outcome {
  for (const refund of request.refunds) {
    const meter = meters.get(refund.meter);
    if (meter !== undefined) meters.set(refund.meter, Object.freeze(applyRefund(meter, refund)));
  }
  return nothingSpent(request);
}
