import { applyRefund, type Refund, type RefundRequest } from "@claviger/core";
import { type MemoryData, scopedName } from "./memory-data.js";
import { MeterCell } from "./meters.js";

export function refund({ meters }: MemoryData, requests: readonly RefundRequest[]): void {
  for (const { tenant, keyId, refunds, shared } of requests) {
    takeBack(meters.keys.get(keyId), tenant, refunds);
    if (shared === undefined) continue;
    takeBack(meters.owners.get(scopedName(tenant, shared.owner)), tenant, shared.ofOwner);
    takeBack(meters.tenants.get(tenant), tenant, shared.ofTenant);
  }
}

function takeBack(cells: MeterCell | undefined, tenant: string, refunds: readonly Refund[]): void {
  for (const refund of refunds) {
    const cell = MeterCell.of(cells, tenant, refund.meter);
    cell?.put(applyRefund(cell.meter(), refund));
  }
}
