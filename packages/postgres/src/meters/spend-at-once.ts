import {
  applyCharges,
  type Charge,
  type ChargeRequest,
  type ChargeResult,
  chargeResult,
  type Meter,
  shiftCharges,
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
 * @param clock the parameter of `clockUs`
 * @returns undefined: nothing was spent, though it may fit, at least in part
 */
export function prepareSpendAtOnce(
  database: Database,
  tables: Tables,
): (request: ChargeRequest, nowMs: number, clock: number | null) => Promise<ChargeResult | undefined> {
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

  return async (request, nowMs, clock) => {
    const { keyId, tenant, units, charges } = request;
    if (charges.length > MAX_CHARGES || !charges.every((charge) => isExact(charge, units))) return undefined;
    const { there, missing } = statementsFor(charges);
    const parameters = [keyId, tenant, clock, ...charges.flatMap((charge) => cellsOf(charge, units, nowMs))];
    const [spent] = await database.run(there, parameters);
    if (spent !== undefined) return toldBy(spent, request);
    const [told] = await database.run(missing, parameters);
    if (told === undefined) return undefined;
    const result = toldBy(told, request);
    return result.admitted > 0 || isRefused(request, nowMs, result) ? result : undefined;
  };
}

function cellsOf(charge: Charge, units: number, nowMs: number): readonly SqlValue[] {
  const total = units * addOf(charge);
  if (charge.form === "window") return [charge.meter, charge.windowAt, total, charge.ceiling - total];
  const nowUs = nowMs * US_PER_MS;
  return [charge.meter, charge.floorUs - nowUs, total, charge.ceilingUs - nowUs - total];
}

/** Whether all that is asked for at once is still a whole number. */
function isExact(charge: Charge, units: number): boolean {
  return Number.isSafeInteger(units * addOf(charge));
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
