import type { ChargeRequest, ChargeResult, StoreCapabilities } from "@claviger/core";
import { numberArray } from "../client/array-rows.js";
import type { SqlValue } from "../client/client.js";
import type { Database } from "../client/database.js";
import { textArray } from "../client/text-array.js";
import type { Tables } from "../schema/tables.js";
import { chargeArrays, chargeCells, US_PER_MS } from "./charge-arrays.js";
import type { Charging } from "./charging.js";
import { type SpendRow, spendOneStatement, spendStatement } from "./spend-statements.js";
import { meterNamed } from "./stored-meter.js";
import { untilAnswered } from "./until-answered.js";

/**
 * Charges of keys, each named once, on rows of their own: one statement. A key has a row from its first charge on, so that
 * this one takes a second statement. A charge that comes after its key's deletion, as one may that was decided before, makes such a
 * row again: id, tenant and amounts, which bound whoever still spends on the key, and are read by nobody else. To refuse it
 * would take a look at the key's row at every charge.
 */
export function prepareSpend(
  database: Database,
  tables: Tables,
  meterClock: StoreCapabilities["meterClock"],
): Charging {
  const one = spendOneStatement(tables);
  const several = spendStatement(tables, "there");
  const first = spendStatement(tables, "missing");

  return (requests, nowMs) => {
    const clock = meterClock === "caller" ? nowMs : null;
    return untilAnswered(
      requests,
      async (open) => {
        const lone = parametersOfLone(open, nowMs, clock);
        const rows = await (lone === undefined
          ? database.run(several, parametersOf(open, nowMs, clock))
          : database.run(one, lone));
        return resultsOf(open, rows);
      },
      async (open) => resultsOf(open, await database.run(first, parametersOf(open, nowMs, clock))),
    );
  };
}

/** @returns undefined: there are several requests, or several charges */
function parametersOfLone(
  [request, another]: readonly ChargeRequest[],
  nowMs: number,
  clock: number | null,
): readonly SqlValue[] | undefined {
  const charge = request?.charges[0];
  if (request === undefined || another !== undefined || charge === undefined || request.charges.length > 1) return;
  return [request.keyId, request.tenant, request.units, clock, ...chargeCells(charge, nowMs * US_PER_MS)];
}

function parametersOf(requests: readonly ChargeRequest[], nowMs: number, clock: number | null): readonly SqlValue[] {
  return [
    textArray(requests.map(({ keyId }) => keyId)),
    textArray(requests.map(({ tenant }) => tenant)),
    numberArray(requests.map(({ units }) => units)),
    clock,
    numberArray(requests.flatMap(({ charges }, index) => charges.map(() => index + 1))),
    ...chargeArrays(
      requests.flatMap(({ charges }) => charges),
      nowMs,
    ),
  ];
}

function resultsOf(
  requests: readonly ChargeRequest[],
  rows: readonly SpendRow[],
): readonly (ChargeResult | undefined)[] {
  const results: (ChargeResult | undefined)[] = requests.map(() => undefined);
  for (const [place, admitted, nowUs, stored] of rows) {
    const charges = requests[place - 1]?.charges ?? [];
    const meters = charges.map(({ form, meter }) => meterNamed(meter, form, stored));
    results[place - 1] = { admitted, meters, nowUs };
  }
  return results;
}
