import {
  type Charge,
  type ChargeRequest,
  type ChargeResult,
  chargedMeter,
  type Meter,
  unitsThatFit,
} from "@claviger/core";
import type { MemoryData } from "./memory-data.js";
import { cellOf, type MeterCell, meterIn, metersOf, newCell, putIn } from "./meters.js";

const US_PER_MS = 1000;

export function consume(data: MemoryData, requests: readonly ChargeRequest[], nowMs: number): readonly ChargeResult[] {
  return requests.map((request) => consumeOne(data, request, nowMs));
}

export function consumeOne(data: MemoryData, request: ChargeRequest, nowMs: number): ChargeResult {
  const { tenant, keyId, charges, shared, units } = request;
  const stored = data.meters.get(tenant);
  const ofKey = stored?.keys.get(keyId);
  const ofOwner = shared && stored?.owners.get(shared.owner);
  const ofTenant = shared && stored?.own;

  let admitted = mostUnder(ofKey, charges, units);
  if (shared !== undefined) {
    admitted = mostUnder(ofOwner, shared.ofOwner, admitted);
    admitted = mostUnder(ofTenant, shared.ofTenant, admitted);
  }
  const nowUs = nowMs * US_PER_MS;
  if (admitted === 0) {
    const own = told(ofKey, charges);
    if (shared === undefined) return { admitted, meters: own, nowUs };
    return { admitted, meters: [...own, ...told(ofOwner, shared.ofOwner), ...told(ofTenant, shared.ofTenant)], nowUs };
  }
  const own = spend(ofKey, charges, admitted, (cells) => metersOf(data.meters, tenant).keys.set(keyId, cells));
  if (shared === undefined) return { admitted, meters: own, nowUs };
  const made = metersOf(data.meters, tenant);
  const owners = spend(ofOwner, shared.ofOwner, admitted, (cells) => made.owners.set(shared.owner, cells));
  const tenants = spend(ofTenant, shared.ofTenant, admitted, (cells) => {
    made.own = cells;
  });
  return { admitted, meters: [...own, ...owners, ...tenants], nowUs };
}

function mostUnder(stored: MeterCell | undefined, charges: readonly Charge[], units: number): number {
  let admitted = units;
  for (const charge of charges) admitted = Math.min(admitted, unitsThatFit(charge, cellOf(stored, charge.meter)));
  return admitted;
}

/** @param keep told the cells where there are new ones: those of meters that are charged for the first time are in front */
function spend(
  stored: MeterCell | undefined,
  charges: readonly Charge[],
  units: number,
  keep: (cells: MeterCell) => void,
): readonly Meter[] {
  let cells = stored;
  const meters = charges.map((charge) => {
    const cell = cellOf(stored, charge.meter);
    const meter = chargedMeter(charge, cell, units);
    if (cell === undefined) cells = newCell(charge.meter, meter, cells);
    else putIn(cell, meter);
    return meter;
  });
  if (cells !== undefined && cells !== stored) keep(cells);
  return meters;
}

function told(stored: MeterCell | undefined, charges: readonly Charge[]): readonly (Meter | null)[] {
  return charges.map(({ meter }) => {
    const cell = cellOf(stored, meter);
    return cell === undefined ? null : meterIn(cell);
  });
}
