import {
  type Charge,
  type ChargeRequest,
  type ChargeResult,
  chargedMeter,
  type Meter,
  unitsThatFit,
} from "@claviger/core";
import { entryOf, type MemoryData } from "./memory-data.js";
import { type Meters, metersOf } from "./meters.js";

const US_PER_MS = 1000;
const NONE: Meters = new Map();

export function consume(data: MemoryData, requests: readonly ChargeRequest[], nowMs: number): readonly ChargeResult[] {
  return requests.map((request) => consumeOne(data, request, nowMs * US_PER_MS));
}

function consumeOne(data: MemoryData, request: ChargeRequest, nowUs: number): ChargeResult {
  const { tenant, keyId, charges, shared, units } = request;
  const tenantMeters = data.meters.get(tenant);
  const ofKey = tenantMeters?.keys.get(keyId) ?? NONE;
  const meters: (Meter | null)[] = [];
  if (shared === undefined) {
    const admitted = mostUnder(ofKey, charges, units);
    if (admitted > 0) spend(ofKey === NONE ? keyMeters(data, request) : ofKey, charges, admitted, meters);
    else tell(ofKey, charges, meters);
    return { admitted, meters, nowUs };
  }
  const { owner, ofOwner, ofTenant } = shared;
  const ownerMeters = tenantMeters?.owners.get(owner) ?? NONE;
  const own = tenantMeters?.own ?? NONE;
  const admitted = mostUnder(own, ofTenant, mostUnder(ownerMeters, ofOwner, mostUnder(ofKey, charges, units)));
  if (admitted > 0) {
    const made = metersOf(data.meters, tenant);
    if (charges.length > 0) spend(ofKey === NONE ? keyMeters(data, request) : ofKey, charges, admitted, meters);
    spend(entryOf(made.owners, owner, newMeters), ofOwner, admitted, meters);
    spend(made.own, ofTenant, admitted, meters);
  } else {
    tell(ofKey, charges, meters);
    tell(ownerMeters, ofOwner, meters);
    tell(own, ofTenant, meters);
  }
  return { admitted, meters, nowUs };
}

function keyMeters(data: MemoryData, { tenant, keyId }: ChargeRequest): Meters {
  return entryOf(metersOf(data.meters, tenant).keys, keyId, newMeters);
}

function newMeters(): Meters {
  return new Map();
}

function mostUnder(stored: Meters, charges: readonly Charge[], units: number): number {
  let admitted = units;
  for (const charge of charges) admitted = Math.min(admitted, unitsThatFit(charge, stored.get(charge.meter)));
  return admitted;
}

function spend(stored: Meters, charges: readonly Charge[], units: number, told: (Meter | null)[]): void {
  for (const charge of charges) {
    const spent = Object.freeze(chargedMeter(charge, stored.get(charge.meter), units));
    stored.set(charge.meter, spent);
    told.push(spent);
  }
}

function tell(stored: Meters, charges: readonly Charge[], told: (Meter | null)[]): void {
  for (const { meter } of charges) told.push(stored.get(meter) ?? null);
}
