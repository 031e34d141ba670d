import { invalidInput, type RefundRequest, refundsFor } from "@claviger/core";
import type { Shell } from "../shell.js";
import type { RefundResult } from "./limit-manager.js";
import { type Spend, spendOf } from "./spent.js";

/**
 * Takes back what the verify that gave this verdict has spent, at most once.
 *
 * @param tenant whose key it must have been; undefined: any tenant's
 */
export async function refund(shell: Shell, tenant: string | undefined, verdict: unknown): Promise<RefundResult> {
  const spend = spendOf(verdict);
  if (spend === undefined) {
    if (spentNothing(verdict)) return { refunded: false };
    throw invalidInput("verdict", "an accepted verdict, as verify of this keyring gave it", verdict);
  }
  if (spend.by !== shell) throw invalidInput("verdict", "one that verify of this keyring gave", verdict);
  if (tenant !== undefined && spend.request.tenant !== tenant)
    throw invalidInput("verdict", "that of a key of this tenant", verdict);
  if (spend.isTakenBack) return { refunded: false };
  // Before it is sent: whatever becomes of it, it is not sent again.
  spend.isTakenBack = true;
  await shell.store.refund([refundRequest(spend)]);
  return { refunded: true };
}

// Of a key without limits: who refunds all failed work alike need not know which keys have some.
function spentNothing(verdict: unknown): boolean {
  if (typeof verdict !== "object" || verdict === null) return false;
  try {
    const limits: unknown = Reflect.get(verdict, "limits");
    return Reflect.get(verdict, "ok") === true && Array.isArray(limits) && limits.length === 0;
  } catch {
    return false;
  }
}

function refundRequest({ request, result: { meters } }: Spend): RefundRequest {
  const { tenant, keyId, charges, shared } = request;
  const refunds = refundsFor(charges, meters);
  if (shared === undefined) return { tenant, keyId, refunds };
  const { owner } = shared;
  const ofOwner = refundsFor(shared.ofOwner, meters, charges.length);
  const ofTenant = refundsFor(shared.ofTenant, meters, charges.length + shared.ofOwner.length);
  return { tenant, keyId, refunds, shared: { owner, ofOwner, ofTenant } };
}
