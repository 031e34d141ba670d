import {
  applyCharges,
  type Charge,
  type ChargeRequest,
  type ChargeResult,
  chargeResult,
  type Meter,
  type StoreCapabilities,
  shiftCharges,
  unitsThatFit,
} from "@claviger/core";
import type { SqlValue } from "../client/client.js";
import type { Database } from "../client/database.js";
import type { Statement } from "../client/statement.js";
import type { Tables } from "../schema/tables.js";
import { US_PER_MS } from "./charge-arrays.js";
import { lookStatement, spendAtOnceStatement, type ToldRow } from "./spend-at-once-statement.js";
import { meterNamed } from "./stored-meter.js";

/** A statement for each sequence of forms is kept prepared, here and by each connection: few are enough. */
const MAX_CHARGES = 3;

/** So many keys are known to have been refused at most. */
const MAX_REFUSED = 1_000;

/**
 * Spends one request that comes by itself. As a rule all of its units fit, and one statement is enough. Else a look says
 * whether none does: it was so when the row was read. Whose key was refused before is likely to be refused again, and for
 * him the look comes first: it locks nothing and waits for no disk, so that who hammers on costs a read.
 *
 * @returns undefined: nothing was spent, though it may fit, at least in part
 */
export function prepareSpendAtOnce(
  database: Database,
  tables: Tables,
  meterClock: StoreCapabilities["meterClock"],
): (request: ChargeRequest, nowMs: number) => Promise<ChargeResult | undefined> {
  const look = lookStatement(tables);
  const prepared = new Map<string, Statement<ToldRow>>();
  const refused = new Set<string>();

  function statementFor(charges: readonly Charge[]): Statement<ToldRow> {
    const forms = charges.map(({ form }) => form);
    const name = forms.join();
    const known = prepared.get(name);
    if (known !== undefined) return known;
    const made = spendAtOnceStatement(tables, forms);
    prepared.set(name, made);
    return made;
  }

  async function lookFor(
    request: ChargeRequest,
    nowMs: number,
    clock: number | null,
  ): Promise<ChargeResult | undefined> {
    const { keyId, tenant, charges } = request;
    const [seen] = await database.run(look, [keyId, tenant, clock]);
    const told = seen && toldBy(seen, charges, 0);
    if (told === undefined || !isRefused(request, nowMs, told)) {
      refused.delete(keyId);
      return undefined;
    }
    if (refused.size === MAX_REFUSED) refused.clear();
    refused.add(keyId);
    return told;
  }

  return async (request, nowMs) => {
    const { keyId, charges, units } = request;
    if (charges.length === 0 || charges.length > MAX_CHARGES || !fitsFirst(request)) return undefined;
    const clock = meterClock === "caller" ? nowMs : null;
    const wasRefused = refused.has(keyId);
    const refusal = wasRefused ? await lookFor(request, nowMs, clock) : undefined;
    if (refusal !== undefined) return refusal;
    const [spent] = await database.run(statementFor(charges), parametersOf(request, nowMs, clock));
    if (spent !== undefined) return toldBy(spent, charges, units);
    return wasRefused ? undefined : lookFor(request, nowMs, clock);
  };
}

function parametersOf(
  { keyId, tenant, charges, units }: ChargeRequest,
  nowMs: number,
  clock: number | null,
): readonly SqlValue[] {
  const parameters: SqlValue[] = [keyId, tenant, clock];
  const rooms: number[] = [];
  const nowUs = nowMs * US_PER_MS;
  for (const charge of charges) {
    const isGcra = charge.form === "gcra";
    const total = units * (isGcra ? charge.addUs : charge.add);
    parameters.push(charge.meter, isGcra ? charge.floorUs - nowUs : charge.windowAt, total);
    rooms.push((isGcra ? charge.ceilingUs - nowUs : charge.ceiling) - total);
  }
  return [...parameters, ...rooms];
}

/** Whether all units fit where nothing was spent; what they add is a whole number then. */
function fitsFirst({ charges, units }: ChargeRequest): boolean {
  return charges.every((charge) => unitsThatFit(charge, undefined) >= units);
}

function isRefused({ charges, units }: ChargeRequest, nowMs: number, { meters, nowUs }: ChargeResult): boolean {
  const stored = new Map<string, Meter>();
  for (const [index, { meter }] of charges.entries()) {
    const known = meters[index];
    if (known) stored.set(meter, known);
  }
  return applyCharges(stored, shiftCharges(charges, nowUs - nowMs * US_PER_MS), units).admitted === 0;
}

function toldBy([nowUs, stored]: ToldRow, charges: readonly Charge[], admitted: number): ChargeResult {
  const meters = charges.map(({ form, meter }) => meterNamed(meter, form, stored));
  return chargeResult(admitted, meters, nowUs);
}
