import { applyCharges, type ChargeRequest, type ChargeResult, type Meter } from "@claviger/core";
import { type MemoryData, scopedName } from "./memory-data.js";

const US_PER_MS = 1000;

export function consume(data: MemoryData, requests: readonly ChargeRequest[], nowMs: number): readonly ChargeResult[] {
  return requests.map((request) => consumeOne(data, request, nowMs * US_PER_MS));
}

function consumeOne(data: MemoryData, { tenant, keyId, charges, units }: ChargeRequest, nowUs: number): ChargeResult {
  const name = scopedName(tenant, keyId);
  const stored = data.meters.get(name) ?? new Map<string, Meter>();
  const { admitted, meters } = applyCharges(stored, charges, units);
  if (admitted > 0) {
    charges.forEach(({ meter }, index) => {
      const spent = meters[index];
      if (spent) stored.set(meter, Object.freeze(spent));
    });
    data.meters.set(name, stored);
  }
  return { admitted, meters, nowUs };
}
