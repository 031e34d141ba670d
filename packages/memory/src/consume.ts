import {
  type Charge,
  type ChargeAtOnce,
  type ChargeRequest,
  type ChargeResult,
  chargeAtOnce,
  chargedMeter,
  chargeResult,
  listOf,
  type Meter,
  onlyOf,
  type SharedCharges,
  unitsThatFit,
} from "@claviger/core";
import { type MemoryData, scopedName } from "./memory-data.js";
import { cellsOf, MeterCell, type Meters } from "./meters.js";

const US_PER_MS = 1000;

export function consume(data: MemoryData, requests: readonly ChargeRequest[], nowMs: number): readonly ChargeResult[] {
  return requests.map((request) => {
    const { admitted, meters, nowUs } = consumeOne(data, request, nowMs);
    return chargeResult(admitted, meters, nowUs);
  });
}

/** @param handle of an earlier charge of the same key */
export function consumeOne(
  { meters }: MemoryData,
  request: ChargeRequest,
  nowMs: number,
  handle?: unknown,
): ChargeAtOnce {
  const { tenant, keyId, charges, shared, units } = request;
  if (shared !== undefined) return consumeShared(meters, request, shared, nowMs);
  const stored = cellsOf(meters, keyId, handle);
  const admitted = mostUnder(stored, tenant, charges, units);
  const nowUs = nowMs * US_PER_MS;
  if (admitted === 0) return chargeAtOnce(admitted, tell(stored, tenant, charges), nowUs, stored);
  const after = metersAfter(stored, tenant, charges, admitted);
  return chargeAtOnce(admitted, after, nowUs, keep(meters.keys, keyId, stored, tenant, charges, after));
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
    if (charge !== undefined)
      admitted = Math.min(admitted, unitsThatFit(charge, MeterCell.of(stored, tenant, charge.meter)));
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
  return listOf(chargedMeter(only, MeterCell.of(stored, tenant, only.meter), units));
}

function allMetersAfter(
  stored: MeterCell | undefined,
  tenant: string,
  charges: readonly Charge[],
  units: number,
): readonly Meter[] {
  return charges.map((charge) => chargedMeter(charge, MeterCell.of(stored, tenant, charge.meter), units));
}

/** Writes meters into their cells; those that are charged for the first time get new ones. @returns the first cell */
function keep(
  of: Map<string, MeterCell>,
  name: string,
  stored: MeterCell | undefined,
  tenant: string,
  charges: readonly Charge[],
  meters: readonly Meter[],
): MeterCell | undefined {
  let cells = stored;
  for (let index = 0; index < charges.length; index += 1) {
    const charge = charges[index];
    const meter = meters[index];
    if (charge === undefined || meter === undefined) continue;
    const cell = MeterCell.of(cells, tenant, charge.meter);
    if (cell === undefined) cells = MeterCell.with(cells, new MeterCell(tenant, charge.meter, meter));
    else cell.put(meter);
  }
  if (cells !== undefined && cells !== stored) of.set(name, cells);
  return cells;
}

function tell(stored: MeterCell | undefined, tenant: string, charges: readonly Charge[]): readonly (Meter | null)[] {
  return charges.map(({ meter }) => MeterCell.of(stored, tenant, meter)?.meter() ?? null);
}
