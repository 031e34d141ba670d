import { arrayRows } from "../client/array-rows.js";
import { type Statement, statement } from "../client/statement.js";
import type { Tables } from "../schema/tables.js";
import { metersAfter, slotColumns, unitsThatFit } from "./arithmetic.js";
import { CHARGE_COLUMNS } from "./charge-arrays.js";
import { clockUs } from "./clock.js";
import type { SpendRow } from "./spend-statements.js";

/** Rows of meters; `needed` are those without which nothing is to be spent. */
const ROW_COLUMNS = { key_id: "text", tenant: "text", needed: "boolean" } as const;

/** Where a charge belongs: its request, counted from 1, its row, counted from 1, and the name of its meter among all. */
const PLACED_COLUMNS = { place: "bigint", line: "bigint", slot: "text" } as const;

/**
 * Spends requests that may meet on one row, one after the other, each on what the one before has left: all or nothing over
 * the rows of a request. Answers nothing while a row is missing that is needed. $1 to $3 are {@link ROW_COLUMNS}, $4 the
 * clock of {@link clockUs}, $5 the units of the requests, $6 to $8 {@link PLACED_COLUMNS}; the charges follow.
 *
 * - held: every row once, in one order for all callers, so that nobody waits in a circle.
 * - started: all meters of the rows in one object, by slot, and the time, read when all rows are held.
 * - spent: that object after each of the requests.
 */
export function spendInTurnStatement(tables: Tables): Statement<SpendRow> {
  return statement(`
    WITH RECURSIVE wanted AS MATERIALIZED (
      SELECT w.* FROM ${arrayRows(1, "w", ROW_COLUMNS, "line")} ORDER BY w.key_id COLLATE "C", w.tenant COLLATE "C"
    ), held AS MATERIALIZED (
      SELECT w.key_id, w.tenant, w.line, m.meters FROM wanted w CROSS JOIN LATERAL (
        SELECT m.meters FROM ${tables.meters} m WHERE m.key_id = w.key_id AND m.tenant = w.tenant FOR UPDATE OF m
      ) m
    ), stored AS MATERIALIZED (
      SELECT coalesce(
        pg_catalog.jsonb_object_agg(pg_catalog.concat(h.line, ':', e.name), e.meter) FILTER (WHERE e.name IS NOT NULL),
        '{}'::jsonb
      ) AS state
      FROM held h LEFT JOIN LATERAL pg_catalog.jsonb_each(h.meters) AS e(name, meter) ON true
    ), started AS MATERIALIZED (
      SELECT stored.state, ${clockUs("$4")} AS now_us FROM stored
      WHERE NOT EXISTS (
        SELECT FROM wanted w WHERE w.needed AND NOT EXISTS (SELECT FROM held h WHERE h.line = w.line)
      )
    ), request AS MATERIALIZED (
      SELECT r.* FROM ${arrayRows(5, "r", { units: "bigint" }, "place")}
    ), charge AS MATERIALIZED (
      SELECT c.* FROM ${arrayRows(6, "c", { ...PLACED_COLUMNS, ...CHARGE_COLUMNS })}
    ), spent AS (
      SELECT 0::bigint AS place, s.state, s.now_us, 0::bigint AS admitted, '{}'::jsonb AS meters FROM started s
      UNION ALL
      SELECT r.place,
        CASE WHEN spend.admitted > 0 THEN s.state OPERATOR(pg_catalog.||) spend.meters ELSE s.state END,
        s.now_us, spend.admitted,
        CASE WHEN spend.admitted > 0 THEN spend.meters ELSE spend.stored END
      FROM spent s JOIN request r ON r.place = s.place + 1
      CROSS JOIN LATERAL (
        SELECT pg_catalog.min(fit.admitted) AS admitted, ${metersAfter("fit", "fit.admitted", "fit.slot")} AS meters,
          pg_catalog.jsonb_object_agg(fit.slot, fit.stored) AS stored
        FROM (
          SELECT slot.*, least(r.units, pg_catalog.min(${unitsThatFit("slot", "r.units")}) OVER ()) AS admitted
          FROM (
            SELECT c.slot, s.state -> c.slot AS stored, ${slotColumns("c", "s.state -> c.slot", "s.now_us")}
            FROM charge c WHERE c.place = r.place
          ) slot
        ) fit
      ) spend
    ), ended AS MATERIALIZED (
      SELECT s.state FROM spent s ORDER BY s.place DESC LIMIT 1
    ), changed AS (
      SELECT c.line, pg_catalog.jsonb_object_agg(c.meter, ended.state -> c.slot) AS meters
      FROM (SELECT DISTINCT charge.line, charge.slot, charge.meter FROM charge) c, started, ended
      WHERE (ended.state -> c.slot) IS DISTINCT FROM (started.state -> c.slot)
      GROUP BY c.line
    ), written AS (
      UPDATE ${tables.meters} m SET meters = h.meters OPERATOR(pg_catalog.||) c.meters
      FROM held h JOIN changed c ON c.line = h.line
      WHERE m.key_id = h.key_id AND m.tenant = h.tenant
    )
    SELECT pg_catalog.json_build_array(s.place, s.admitted, s.now_us, s.meters)::text FROM spent s WHERE s.place > 0`);
}
