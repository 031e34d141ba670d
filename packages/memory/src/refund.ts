import { applyRefund, type Refund, type RefundRequest } from "@claviger/core";
import type { MemoryData } from "./memory-data.js";
import type { Meters } from "./meters.js";

export function refund(data: MemoryData, requests: readonly RefundRequest[]): void {
  for (const { tenant, keyId, refunds, shared } of requests) {
    const stored = data.meters.get(tenant);
    if (stored === undefined) continue;
    takeBack(stored.keys.get(keyId), refunds);
    if (shared === undefined) continue;
    takeBack(stored.owners.get(shared.owner), shared.ofOwner);
    takeBack(stored.own, shared.ofTenant);
  }
}

function takeBack(stored: Meters | undefined, refunds: readonly Refund[]): void {
  for (const refund of refunds) {
    const meter = stored?.get(refund.meter);
    if (meter !== undefined) stored?.set(refund.meter, Object.freeze(applyRefund(meter, refund)));
  }
}
