import assert from "node:assert/strict";
import {
  applyCharges,
  type Charge,
  type ChargeRequest,
  type ChargeResult,
  type Meter,
  type Refund,
  type Store,
  shiftCharges,
} from "@claviger/core";
import { freshId, NOW_MS } from "./samples.js";

export const NOW_US: number = NOW_MS * 1000;

/** A charge of one on a total that never refills. */
export function credits(ceiling: number, add = 1, meter = "window:credits"): Charge {
  return { form: "window", meter, windowAt: 0, add, ceiling };
}

/** So many units of {@link credits} back. */
export function refundOf(sub: number, meter = "window:credits"): Refund {
  return { form: "window", meter, windowAt: 0, sub };
}

/** A request for one unit, of a key of its own unless told otherwise. */
export function requestOf(charges: readonly Charge[], given: Partial<ChargeRequest> = {}): ChargeRequest {
  const keyId = freshId();
  return { tenant: `tenant ${keyId}`, keyId, units: 1, charges, ...given };
}

/** The same, with charges on the meters of a key's owner and of its tenant. */
export function sharing(
  request: ChargeRequest,
  ofOwner: readonly Charge[],
  ofTenant: readonly Charge[] = [],
  owner = "owner",
): ChargeRequest {
  return { ...request, shared: { owner, ofOwner, ofTenant } };
}

/** What the meters hold, told by a charge of no units on each. */
export async function metersNow(store: Store, request: ChargeRequest): Promise<ChargeResult["meters"]> {
  return (await consumeOne(store, { ...request, units: 0 })).meters;
}

/** What was used of window meters. */
export function usedOf(meters: ChargeResult["meters"]): readonly (number | null)[] {
  return meters.map((meter) => (meter?.form === "window" ? meter.used : null));
}

/** What became of one request. */
export async function consumeOne(store: Store, request: ChargeRequest, nowMs: number = NOW_MS): Promise<ChargeResult> {
  const [result] = await store.consume([request], nowMs);
  if (result === undefined) throw new Error("consume gave no result");
  return result;
}

/**
 * Spends on a key of its own, of which core keeps the same account: the store must answer each time as core does at
 * the time that the store says it went by.
 *
 * @returns what the store answered
 */
export function accountedKey(
  store: Store,
): (charges: readonly Charge[], units?: number, nowMs?: number) => Promise<Pick<ChargeResult, "admitted" | "meters">> {
  const key = requestOf([]);
  const account = new Map<string, Meter>();
  return async (charges, units = 1, nowMs = NOW_MS) => {
    const { admitted, meters, nowUs } = await consumeOne(store, { ...key, charges, units }, nowMs);
    const expected = applyCharges(account, shiftCharges(charges, nowUs - nowMs * 1000), units);
    assert.deepEqual({ admitted, meters }, expected);
    charges.forEach(({ meter }, index) => {
      const after = expected.meters[index];
      if (after) account.set(meter, after);
    });
    return { admitted, meters };
  };
}
