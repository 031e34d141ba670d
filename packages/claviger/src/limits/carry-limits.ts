import { type Charge, carriedMeters, carryOver, changedPeriods, type KeyEntry, type LimitChange } from "@claviger/core";
import type { Shell } from "../shell.js";
import { notComputable } from "./charge-request.js";
import { consumeOne } from "./consume-one.js";

/**
 * Before a key's limits change: puts what is spent in the periods under way where the new limits will count it. Does
 * nothing for changes of anything else. It changes nothing for who still goes by the former limits. A change that does
 * not take place after all leaves what it put there: made later, within that new period, it counts from the first attempt.
 *
 * @throws ClavigerError `store_unavailable`
 */
export async function carryLimits(shell: Shell, before: KeyEntry, after: KeyEntry, nowMs: number): Promise<void> {
  if (before.state === "destroyed" || after.state === "destroyed" || before.limits === after.limits) return;
  const key = { tenant: before.tenant, keyId: before.id };
  for (const change of changedPeriods(before.limits, after.limits)) {
    const told = await consumeOne(shell, { ...key, charges: metersOf(change, key.keyId, nowMs), units: 0 }, nowMs);
    const carried = carryOver(change, told, nowMs);
    // Refused, where the new meter holds as much already.
    if (carried !== undefined) await consumeOne(shell, { ...key, charges: [carried], units: 1 }, nowMs);
  }
}

function metersOf(change: LimitChange, keyId: string, nowMs: number): readonly Charge[] {
  try {
    return carriedMeters(change, nowMs);
  } catch (cause) {
    throw notComputable(keyId, cause);
  }
}
