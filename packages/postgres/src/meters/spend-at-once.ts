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
import type { Tables } from "../schema/tables.js";
import { US_PER_MS } from "./charge-arrays.js";
import { type SpendAtOnce, spendAtOnceStatements, type ToldRow } from "./spend-at-once-statement.js";
import { meterNamed } from "./stored-meter.js";

/** A statement for each sequence of forms is kept prepared, here and by each connection: few are enough. */
const MAX_CHARGES = 3;

/**
 * Spends one request that comes by itself. As a rule all of its units fit, and one statement is enough. Another makes the
 * row of a key that has none, or tells that no unit fits, which holds nobody up: it was so when the row was read.
 *
 * @returns undefined: nothing was spent, though it may fit, at least in part
 */
export function prepareSpendAtOnce(
  database: Database,
  tables: Tables,
  meterClock: StoreCapabilities["meterClock"],
): (request: ChargeRequest, nowMs: number) => Promise<ChargeResult | undefined> {
  const prepared = new Map<string, SpendAtOnce>();

  function statementsFor(charges: readonly Charge[]): SpendAtOnce {
    const forms = charges.map(({ form }) => form);
    const name = forms.join();
    const known = prepared.get(name);
    if (known !== undefined) return known;
    const made = spendAtOnceStatements(tables, forms);
    prepared.set(name, made);
    return made;
  }

  return async (request, nowMs) => {
    const { charges } = request;
    if (charges.length > MAX_CHARGES || !fitsFirst(request)) return undefined;
    const { there, missing } = statementsFor(charges);
    const parameters = parametersOf(request, nowMs, meterClock === "caller" ? nowMs : null);
    const [spent] = await database.run(there, [...parameters, ...roomsOf(request, nowMs)]);
    if (spent !== undefined) return toldBy(spent, request);
    const [told] = await database.run(missing, parameters);
    if (told === undefined) return undefined;
    const result = toldBy(told, request);
    return result.admitted > 0 || isRefused(request, nowMs, result) ? result : undefined;
  };
}

function parametersOf(
  { keyId, tenant, charges, units }: ChargeRequest,
  nowMs: number,
  clock: number | null,
): readonly SqlValue[] {
  const parameters: SqlValue[] = [keyId, tenant, clock];
  for (const charge of charges) {
    const from = charge.form === "gcra" ? charge.floorUs - nowMs * US_PER_MS : charge.windowAt;
    parameters.push(charge.meter, from, units * addOf(charge));
  }
  return parameters;
}

/** At what each meter may stand, at most, for all units to fit; times count from the clock. */
function roomsOf({ charges, units }: ChargeRequest, nowMs: number): readonly number[] {
  return charges.map((charge) => {
    const ceiling = charge.form === "gcra" ? charge.ceilingUs - nowMs * US_PER_MS : charge.ceiling;
    return ceiling - units * addOf(charge);
  });
}

/** Whether all units fit where nothing was spent; what they add is a whole number then. */
function fitsFirst({ charges, units }: ChargeRequest): boolean {
  return charges.every((charge) => unitsThatFit(charge, undefined) >= units);
}

function addOf(charge: Charge): number {
  return charge.form === "gcra" ? charge.addUs : charge.add;
}

function isRefused({ charges, units }: ChargeRequest, nowMs: number, { meters, nowUs }: ChargeResult): boolean {
  const stored = new Map<string, Meter>();
  for (const [index, { meter }] of charges.entries()) {
    const known = meters[index];
    if (known) stored.set(meter, known);
  }
  return applyCharges(stored, shiftCharges(charges, nowUs - nowMs * US_PER_MS), units).admitted === 0;
}

function toldBy([isSpent, nowUs, stored]: ToldRow, { charges, units }: ChargeRequest): ChargeResult {
  const meters = charges.map(({ form, meter }) => meterNamed(meter, form, stored));
  return chargeResult(isSpent * units, meters, nowUs);
}
