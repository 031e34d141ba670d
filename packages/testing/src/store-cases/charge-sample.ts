import type { Charge, ChargeRequest, ChargeResult, Store } from "@claviger/core";
import { freshId, NOW_MS } from "./sample.js";

export const NOW_US: number = NOW_MS * 1000;

/** A charge of one on a total that never refills. */
export function credits(ceiling: number, add = 1, meter = "window:credits"): Charge {
  return { form: "window", meter, windowAt: 0, add, ceiling };
}

/** A request for one unit, of a key of its own unless told otherwise. */
export function requestOf(charges: readonly Charge[], given: Partial<ChargeRequest> = {}): ChargeRequest {
  const keyId = freshId();
  return { tenant: `tenant ${keyId}`, keyId, units: 1, charges, ...given };
}

/** What became of one request. */
export async function consumeOne(store: Store, request: ChargeRequest): Promise<ChargeResult> {
  const [result] = await store.consume([request], NOW_MS);
  if (result === undefined) throw new Error("consume gave no result");
  return result;
}
