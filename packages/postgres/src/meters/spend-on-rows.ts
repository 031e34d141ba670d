import {
  type Charge,
  type ChargeRequest,
  type ChargeResult,
  chargeResult,
  type StoreCapabilities,
} from "@claviger/core";
import { numberArray } from "../client/array-rows.js";
import type { Database } from "../client/database.js";
import { textArray } from "../client/text-array.js";
import type { RowVersion } from "../keys/row-versions.js";
import type { Tables } from "../schema/tables.js";
import { chargeArrays } from "./charge-arrays.js";
import { spendOneChargeStatement } from "./spend-one-charge-statement.js";
import { HEAD_LENGTH, type SpendRow, type SpentRows, spendStatement } from "./spend-statements.js";
import { meterNamed } from "./stored-meter.js";

/**
 * Spends requests, each of a key of its own, in one statement: a leaner one where each makes one charge.
 *
 * @param rows with those of unchanged keys come the versions of the keys' rows, one a request
 * @returns one result a request, in order; undefined: it has no such row
 */
export function prepareSpendOnRows(
  rows: SpentRows,
  database: Database,
  tables: Tables,
  meterClock: StoreCapabilities["meterClock"],
): (
  requests: readonly ChargeRequest[],
  nowMs: number,
  versions?: readonly RowVersion[],
) => Promise<readonly (ChargeResult | undefined)[]> {
  const ofOneCharge = spendOneChargeStatement(tables, rows);
  const any = spendStatement(tables, rows);

  return async (requests, nowMs, versions = []) => {
    const clock = meterClock === "caller" ? nowMs : null;
    const asked = [...requestArrays(requests), ...(rows === "unchanged" ? versionArrays(versions) : [])];
    const charges = chargeArrays(chargesOf(requests), nowMs);
    const told = requests.every((request) => request.charges.length === 1)
      ? await database.run(ofOneCharge, [...asked, ...charges, clock])
      : await database.run(any, [...asked, clock, placesOf(requests), ...charges]);
    return resultsOf(requests, told);
  };
}

function requestArrays(requests: readonly ChargeRequest[]): readonly string[] {
  return [
    textArray(requests.map(({ keyId }) => keyId)),
    textArray(requests.map(({ tenant }) => tenant)),
    numberArray(requests.map(({ units }) => units)),
  ];
}

function versionArrays(versions: readonly RowVersion[]): readonly string[] {
  return [
    textArray(versions.map(({ writer }) => writer)),
    textArray(versions.map(({ place }) => place)),
    textArray(versions.map(({ head }) => head?.slice(0, HEAD_LENGTH) ?? "")),
  ];
}

/** Counted from 1, one a charge. */
function placesOf(requests: readonly ChargeRequest[]): string {
  return numberArray(requests.flatMap(({ charges }, index) => charges.map(() => index + 1)));
}

function chargesOf(requests: readonly ChargeRequest[]): readonly Charge[] {
  return requests.flatMap(({ charges }) => charges);
}

function resultsOf(
  requests: readonly ChargeRequest[],
  rows: readonly SpendRow[],
): readonly (ChargeResult | undefined)[] {
  const results: (ChargeResult | undefined)[] = requests.map(() => undefined);
  for (const [place, admitted, nowUs, stored] of rows) {
    const charges = requests[place - 1]?.charges ?? [];
    const meters = charges.map(({ form, meter }) => meterNamed(meter, form, stored));
    results[place - 1] = chargeResult(admitted, meters, nowUs);
  }
  return results;
}
