import {
  type Charge,
  type ChargeRequest,
  type ChargeResult,
  chargeResult,
  type StoreCapabilities,
} from "@claviger/core";
import { numberArray } from "../client/array-rows.js";
import type { SqlValue } from "../client/client.js";
import type { Database } from "../client/database.js";
import type { Statement } from "../client/statement.js";
import { textArray } from "../client/text-array.js";
import type { Tables } from "../schema/tables.js";
import { chargeArrays } from "./charge-arrays.js";
import type { Charging } from "./charging.js";
import { spendOneChargeStatement } from "./spend-one-charge-statement.js";
import { type SpendRow, spendStatement } from "./spend-statements.js";
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
  const ways = (rows: "there" | "missing"): Ways => ({
    ofOneCharge: spendOneChargeStatement(tables, rows),
    any: spendStatement(tables, rows),
  });
  const ask =
    ({ ofOneCharge, any }: Ways): Ask =>
    async (requests, nowMs) =>
      resultsOf(
        requests,
        requests.every(({ charges }) => charges.length === 1)
          ? await database.run(ofOneCharge, parametersOfOneCharge(requests, nowMs, clockOf(nowMs)))
          : await database.run(any, parametersOf(requests, nowMs, clockOf(nowMs))),
      );
  const clockOf = (nowMs: number): number | null => (meterClock === "caller" ? nowMs : null);
  const spend = ask(ways("there"));
  const first = ask(ways("missing"));

  return (requests, nowMs) =>
    untilAnswered(
      requests,
      (open) => spend(open, nowMs),
      (open) => first(open, nowMs),
    );
}

/** For requests of one charge each, and for whatever comes. */
interface Ways {
  readonly ofOneCharge: Statement<SpendRow>;
  readonly any: Statement<SpendRow>;
}

type Ask = (requests: readonly ChargeRequest[], nowMs: number) => Promise<readonly (ChargeResult | undefined)[]>;

function parametersOfOneCharge(
  requests: readonly ChargeRequest[],
  nowMs: number,
  clock: number | null,
): readonly SqlValue[] {
  return [...requestArrays(requests), ...chargeArrays(chargesOf(requests), nowMs), clock];
}

function parametersOf(requests: readonly ChargeRequest[], nowMs: number, clock: number | null): readonly SqlValue[] {
  const places = requests.flatMap(({ charges }, index) => charges.map(() => index + 1));
  return [...requestArrays(requests), clock, numberArray(places), ...chargeArrays(chargesOf(requests), nowMs)];
}

function requestArrays(requests: readonly ChargeRequest[]): readonly string[] {
  return [
    textArray(requests.map(({ keyId }) => keyId)),
    textArray(requests.map(({ tenant }) => tenant)),
    numberArray(requests.map(({ units }) => units)),
  ];
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
