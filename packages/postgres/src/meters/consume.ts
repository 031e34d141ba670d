import type { ChargeResult, MeterStore, StoreCapabilities } from "@claviger/core";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import { textArray } from "../client/text-array.js";
import { rowsFrom } from "../columns.js";
import type { Tables } from "../schema/tables.js";
import { fromAnswerRow, REQUEST_COLUMNS, toRequestRow } from "./charge-row.js";
import { consumeStatement } from "./consume-statement.js";

const MAX_ATTEMPTS = 5;

/**
 * A key has a row of meters from its first charge on. So only that one takes three statements instead of one. A charge that
 * comes after its key's deletion, as one may that was decided before, makes such a row again: id, tenant and amounts, which
 * bound whoever still spends on the key, and are read by nobody else. To refuse it would take a look at the key's row at
 * every charge.
 */
export function prepareConsume(
  database: Database,
  tables: Tables,
  meterClock: StoreCapabilities["meterClock"],
): MeterStore["consume"] {
  const spend = consumeStatement(tables);
  const addRows = statement<never>(`
    INSERT INTO ${tables.meters} (tenant, key_id, meters)
    SELECT DISTINCT r.tenant, r.key_id, '{}'::jsonb FROM ${rowsFrom("$1", "r", REQUEST_COLUMNS)} ORDER BY r.key_id, r.tenant
    ON CONFLICT (key_id, tenant) DO NOTHING`);

  return async (requests, nowMs) => {
    const results = new Map<number, ChargeResult>();
    let open = requests.map((request, place) => ({ request, place }));
    for (let attempt = 1; open.length > 0; attempt += 1) {
      if (attempt > MAX_ATTEMPTS) throw new Error("a key's meters were erased as often as they were made");
      const rows = JSON.stringify(open.map(({ request, place }) => toRequestRow(request, place)));
      const ids = textArray(open.map(({ request }) => request.keyId));
      if (attempt > 1) await database.run(addRows, [rows]);
      const answers = await database.run(spend, [rows, nowMs, meterClock === "store", ids]);
      const answered = new Map(answers.map((answer) => [answer.place, answer]));
      open = open.filter(({ request, place }) => {
        const answer = answered.get(place);
        if (answer !== undefined) results.set(place, fromAnswerRow(answer, request.charges));
        return answer === undefined;
      });
    }
    return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
  };
}
