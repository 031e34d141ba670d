import type { MeterStore, RefundRequest } from "@claviger/core";
import { arrayRows, numberArray } from "../client/array-rows.js";
import { answersOf, askApart } from "../client/ask-apart.js";
import type { SqlValue } from "../client/client.js";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import { textArray } from "../client/text-array.js";
import type { Tables } from "../schema/tables.js";
import { partsOfRows } from "./meter-row.js";

const REFUND_COLUMNS = {
  key_id: "text",
  tenant: "text",
  meter: "text",
  window_at: "bigint",
  // Whether it is of time, of which a meter may be given back more than it is ahead.
  timed: "boolean",
  sub: "bigint",
} as const;

/**
 * One statement, which locks rows in the order of a charge. Asked again only where PostgreSQL says that nothing of it
 * happened.
 */
export function prepareRefund(database: Database, tables: Tables): MeterStore["refund"] {
  const refund = statement<number>(`
    WITH refund AS MATERIALIZED (
      SELECT r.key_id, r.tenant, r.meter, r.window_at, r.timed, pg_catalog.sum(r.sub)::bigint AS sub
      FROM ${arrayRows(1, "r", REFUND_COLUMNS)} GROUP BY r.key_id, r.tenant, r.meter, r.window_at, r.timed
    ), wanted AS MATERIALIZED (
      SELECT DISTINCT r.key_id COLLATE "C" AS key_id, r.tenant COLLATE "C" AS tenant FROM refund r ORDER BY 1, 2
    ), held AS MATERIALIZED (
      SELECT w.key_id, w.tenant, m.meters FROM wanted w CROSS JOIN LATERAL (
        SELECT m.meters FROM ${tables.meters} m WHERE m.key_id = w.key_id AND m.tenant = w.tenant FOR UPDATE OF m
      ) m
    ), lessened AS (
      SELECT h.key_id, h.tenant, h.meters OPERATOR(pg_catalog.||) pg_catalog.jsonb_object_agg(
        r.meter, pg_catalog.jsonb_build_array(r.window_at, greatest(
          (h.meters -> r.meter ->> 1)::bigint - r.sub, CASE WHEN NOT r.timed THEN 0 END
        ))
      ) AS meters
      FROM held h JOIN refund r ON r.key_id = h.key_id AND r.tenant = h.tenant
      WHERE (h.meters -> r.meter ->> 0)::bigint = r.window_at
      GROUP BY h.key_id, h.tenant, h.meters
    ), written AS (
      UPDATE ${tables.meters} m SET meters = l.meters FROM lessened l WHERE m.key_id = l.key_id AND m.tenant = l.tenant
    )
    SELECT pg_catalog.to_json(pg_catalog.count(*))::text FROM held`);

  return async (requests) => {
    if (requests.length === 0) return;
    const outcomes = await askApart(requests, async (some) => {
      await database.run(refund, parametersOf(some));
      return some;
    });
    answersOf(outcomes);
  };
}

function parametersOf(requests: readonly RefundRequest[]): readonly SqlValue[] {
  const parts = requests.flatMap((request) =>
    partsOfRows(request, {
      own: request.refunds,
      ofOwner: request.shared?.ofOwner ?? [],
      ofTenant: request.shared?.ofTenant ?? [],
    }),
  );
  return [
    textArray(parts.map(({ keyId }) => keyId)),
    textArray(parts.map(({ tenant }) => tenant)),
    textArray(parts.map(({ part }) => part.meter)),
    numberArray(parts.map(({ part }) => (part.form === "gcra" ? 0 : part.windowAt))),
    numberArray(parts.map(({ part }) => part.form === "gcra")),
    numberArray(parts.map(({ part }) => (part.form === "gcra" ? part.subUs : part.sub))),
  ];
}
