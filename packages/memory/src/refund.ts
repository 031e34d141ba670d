import { applyRefund, type Refund, type RefundRequest } from "@claviger/core";
import type { MemoryData } from "./memory-data.js";
import { cellOf, type MeterCell, putIn } from "./meters.js";

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

function takeBack(cells: MeterCell | undefined, refunds: readonly Refund[]): void {
  for (const refund of refunds) {
    const cell = cellOf(cells, refund.meter);
    if (cell !== undefined) putIn(cell, applyRefund(cell, refund));
  }
}
