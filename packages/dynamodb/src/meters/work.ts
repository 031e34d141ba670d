import type { ChargeRequest, ChargeResult, RefundRequest } from "@claviger/core";

/** What is asked of the meters of one key. */
export type Work = ChargeRequest | RefundRequest;

export type Spent = Omit<ChargeResult, "nowUs">;

/** What became of it: either of the two. */
export type Outcome =
  /** It is done. A refund spends nothing. */
  | { readonly spent: Spent; readonly fault?: never }
  /** It is not, or nobody knows. */
  | { readonly spent?: never; readonly fault: unknown };

/** Of a refund, and where nothing can be spent. */
export function nothingSpent(work: Work): Outcome {
  return { spent: { admitted: 0, meters: "charges" in work ? work.charges.map(() => null) : [] } };
}

export function isRefund(work: Work): work is RefundRequest {
  return "refunds" in work;
}

/** Of charges that only ask how the meters stand. */
export function isQuestion(work: Work): boolean {
  return !isRefund(work) && work.units === 0;
}
