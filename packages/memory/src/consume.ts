import {
  type Charge,
  type ChargeRequest,
  type ChargeResult,
  chargedMeter,
  chargeResult,
  listOf,
  type Meter,
  onlyOf,
  type SharedCharges,
  unitsThatFit,
} from "@claviger/core";
import { type MemoryData, scopedName } from "./memory-data.js";
import { cellOf, type MeterCell, type Meters, meterIn, newCell, putIn } from "./meters.js";

const US_PER_MS = 1000;

export function consume(data: MemoryData, requests: readonly ChargeRequest[], nowMs: number): readonly ChargeResult[] {
  return requests.map((request) => consumeOne(data, request, nowMs));
}

export function consumeOne({ meters }: MemoryData, request: ChargeRequest, nowMs: number): ChargeResult {
  const { tenant, keyId, charges, shared, units } = request;
  if (shared !== undefined) return consumeShared(meters, request, shared, nowMs);
  const stored = meters.keys.get(keyId);
  const admitted = mostUnder(stored, tenant, charges, units);
  const nowUs = nowMs * US_PER_MS;
  if (admitted === 0) return chargeResult(admitted, tell(stored, tenant, charges), nowUs);
  const after = metersAfter(stored, tenant, charges, admitted);
  keep(meters.keys, keyId, stored, tenant, charges, after);
  return chargeResult(admitted, after, nowUs);
}

/** All or nothing over the meters of the key, its owner and its tenant. */
function consumeShared(
  { keys, owners, tenants }: Meters,
  { tenant, keyId, charges, units }: ChargeRequest,
  { owner, ofOwner, ofTenant }: SharedCharges,
  nowMs: number,
): ChargeResult {
  const parts = [
    { of: keys, name: keyId, charges },
    { of: owners, name: scopedName(tenant, owner), charges: ofOwner },
    { of: tenants, name: tenant, charges: ofTenant },
  ].map((part) => ({ ...part, stored: part.of.get(part.name) }));
  const admitted = parts.reduce((most, part) => mostUnder(part.stored, tenant, part.charges, most), units);
  const told = parts.flatMap(({ of, name, stored, charges: some }) => {
    if (admitted === 0) return tell(stored, tenant, some);
    const after = metersAfter(stored, tenant, some, admitted);
    keep(of, name, stored, tenant, some, after);
    return after;
  });
  return chargeResult(admitted, told, nowMs * US_PER_MS);
}

function mostUnder(stored: MeterCell | undefined, tenant: string, charges: readonly Charge[], units: number): number {
  let admitted = units;
  for (let index = 0; index < charges.length; index += 1) {
    const charge = charges[index];
    if (charge !== undefined) admitted = Math.min(admitted, unitsThatFit(charge, cellOf(stored, tenant, charge.meter)));
  }
  return admitted;
}

function metersAfter(
  stored: MeterCell | undefined,
  tenant: string,
  charges: readonly Charge[],
  units: number,
): readonly Meter[] {
  const only = onlyOf(charges);
  if (only === undefined) return allMetersAfter(stored, tenant, charges, units);
  return listOf(chargedMeter(only, cellOf(stored, tenant, only.meter), units));
}

function allMetersAfter(
  stored: MeterCell | undefined,
  tenant: string,
  charges: readonly Charge[],
  units: number,
): readonly Meter[] {
  return charges.map((charge) => chargedMeter(charge, cellOf(stored, tenant, charge.meter), units));
}

/** Writes meters into their cells; those that are charged for the first time get new ones, in front. */
function keep(
  of: Map<string, MeterCell>,
  name: string,
  stored: MeterCell | undefined,
  tenant: string,
  charges: readonly Charge[],
  meters: readonly Meter[],
): void {
  let cells = stored;
  for (let index = 0; index < charges.length; index += 1) {
    const charge = charges[index];
    const meter = meters[index];
    if (charge === undefined || meter === undefined) continue;
    const cell = cellOf(stored, tenant, charge.meter);
    if (cell === undefined) cells = newCell(tenant, charge.meter, meter, cells);
    else putIn(cell, meter);
  }
  if (cells !== undefined && cells !== stored) of.set(name, cells);
}

function tell(stored: MeterCell | undefined, tenant: string, charges: readonly Charge[]): readonly (Meter | null)[] {
  return charges.map(({ meter }) => {
    const cell = cellOf(stored, tenant, meter);
    return cell === undefined ? null : meterIn(cell);
  });
}
