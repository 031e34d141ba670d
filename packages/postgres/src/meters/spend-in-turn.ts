import type { ChargeRequest, ChargeResult, StoreCapabilities } from "@claviger/core";
import { numberArray } from "../client/array-rows.js";
import type { Outcome } from "../client/ask-apart.js";
import type { SqlValue } from "../client/client.js";
import type { Database } from "../client/database.js";
import { type Statement, statement } from "../client/statement.js";
import { textArray } from "../client/text-array.js";
import type { Tables } from "../schema/tables.js";
import { chargeArrays } from "./charge-arrays.js";
import { chargesOfRows } from "./charges-of-rows.js";
import type { Charging } from "./charging.js";
import { numberRows } from "./meter-row.js";
import { spendInTurnStatement } from "./spend-in-turn-statement.js";
import type { SpendRow } from "./spend-statements.js";
import { meterNamed } from "./stored-meter.js";
import { untilAnswered } from "./until-answered.js";

/** So many at most go in one statement, which copies what it has of them for each. */
const MAX_REQUESTS = 100;

/** Charges that may meet on one row: of one key, or on what an owner or a tenant shares. In the order given. */
export function prepareSpendInTurn(
  database: Database,
  tables: Tables,
  meterClock: StoreCapabilities["meterClock"],
): Charging {
  const spend = spendInTurnStatement(tables);
  const addRows: Statement<never> = statement(`
    INSERT INTO ${tables.meters} (key_id, tenant, meters)
    SELECT w.key_id, w.tenant, '{}'::jsonb
    FROM ROWS FROM (
      pg_catalog.unnest($1::text::text[]), pg_catalog.unnest($2::text::text[]), pg_catalog.unnest($3::text::boolean[])
    ) AS w(key_id, tenant, needed)
    WHERE w.needed ORDER BY w.key_id COLLATE "C", w.tenant COLLATE "C"
    ON CONFLICT (key_id, tenant) DO NOTHING`);

  return async (requests, nowMs) => {
    const clock = meterClock === "caller" ? nowMs : null;
    const outcomes: Outcome<ChargeResult>[] = [];
    for (let first = 0; first < requests.length; first += MAX_REQUESTS) {
      const some = await untilAnswered(
        requests.slice(first, first + MAX_REQUESTS),
        async (open) => {
          const { rows, charges } = parametersOf(open, nowMs);
          const units = numberArray(open.map((request) => request.units));
          return resultsOf(open, await database.run(spend, [...rows, clock, units, ...charges]));
        },
        async (open) => {
          await database.run(addRows, parametersOf(open, nowMs).rows);
          return open.map(() => undefined);
        },
      );
      outcomes.push(...some);
    }
    return outcomes;
  };
}

interface Parameters {
  readonly rows: readonly SqlValue[];
  readonly charges: readonly SqlValue[];
}

function parametersOf(requests: readonly ChargeRequest[], nowMs: number): Parameters {
  const { rows, numberOf } = numberRows();
  const needed = new Set<number>();
  const parts = requests.flatMap((request, index) =>
    chargesOfRows(request).map((each) => {
      const line = numberOf(each);
      if (request.units > 0) needed.add(line);
      return { ...each, place: index + 1, line };
    }),
  );
  return {
    rows: [
      textArray(rows.map(({ keyId }) => keyId)),
      textArray(rows.map(({ tenant }) => tenant)),
      numberArray(rows.map((_, index) => needed.has(index + 1))),
    ],
    charges: [
      numberArray(parts.map(({ place }) => place)),
      numberArray(parts.map(({ line }) => line)),
      textArray(parts.map(({ line, part }) => slotName(line, part.meter))),
      ...chargeArrays(
        parts.map(({ part }) => part),
        nowMs,
      ),
    ],
  };
}

/** Of a meter, among those of all rows. */
function slotName(line: number, meter: string): string {
  return `${line}:${meter}`;
}

function resultsOf(
  requests: readonly ChargeRequest[],
  answers: readonly SpendRow[],
): readonly (ChargeResult | undefined)[] {
  const { numberOf } = numberRows();
  const slots = requests.map((request) =>
    chargesOfRows(request).map((each) => ({ form: each.part.form, name: slotName(numberOf(each), each.part.meter) })),
  );
  const results: (ChargeResult | undefined)[] = requests.map(() => undefined);
  for (const [place, admitted, nowUs, stored] of answers) {
    const meters = (slots[place - 1] ?? []).map(({ form, name }) => meterNamed(name, form, stored));
    results[place - 1] = { admitted, meters, nowUs };
  }
  return results;
}
