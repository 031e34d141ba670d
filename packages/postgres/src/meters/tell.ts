import type { ChargeRequest, ChargeResult, StoreCapabilities } from "@claviger/core";
import { arrayRows } from "../client/array-rows.js";
import { askApart } from "../client/ask-apart.js";
import type { Database } from "../client/database.js";
import { type Statement, statement } from "../client/statement.js";
import { textArray } from "../client/text-array.js";
import type { Tables } from "../schema/tables.js";
import { chargesOfRows } from "./charges-of-rows.js";
import type { Charging } from "./charging.js";
import { clockUs } from "./clock.js";
import { numberRows } from "./meter-row.js";
import { meterNamed, type StoredMeters } from "./stored-meter.js";

/** The meters of a row, by the number that it was given, and the time at which they were read. */
type ToldRow = readonly [line: number, nowUs: number, meters: StoredMeters];

/** Meters as they stand, for requests that spend nothing: locks and writes nothing. */
export function prepareTell(database: Database, tables: Tables, meterClock: StoreCapabilities["meterClock"]): Charging {
  const tell: Statement<ToldRow> = statement(`
    WITH timed AS MATERIALIZED (
      SELECT ${clockUs("$3")} AS now_us
    )
    SELECT pg_catalog.json_build_array(w.line, timed.now_us, coalesce(m.meters, '{}'::jsonb))::text
    FROM timed CROSS JOIN ${arrayRows(1, "w", { key_id: "text", tenant: "text" }, "line")}
    LEFT JOIN LATERAL (
      SELECT m.meters FROM ${tables.meters} m WHERE m.key_id = w.key_id AND m.tenant = w.tenant LIMIT 1
    ) m ON true`);

  async function ask(requests: readonly ChargeRequest[], nowMs: number): Promise<readonly ChargeResult[]> {
    const { rows, numberOf } = numberRows();
    const asked = requests.map((request) => chargesOfRows(request).map((each) => ({ ...each, line: numberOf(each) })));
    const told = await database.run(tell, [
      textArray(rows.map(({ keyId }) => keyId)),
      textArray(rows.map(({ tenant }) => tenant)),
      meterClock === "caller" ? nowMs : null,
    ]);
    const metersOf = new Map(told.map(([line, , meters]) => [line, meters]));
    const nowUs = told[0]?.[1];
    if (nowUs === undefined) throw new Error("meters were asked for, and nothing was told");
    return asked.map((parts) => ({
      admitted: 0,
      meters: parts.map(({ part, line }) => meterNamed(part.meter, part.form, metersOf.get(line) ?? {})),
      nowUs,
    }));
  }

  return (requests, nowMs) => askApart(requests, (some) => ask(some, nowMs));
}
