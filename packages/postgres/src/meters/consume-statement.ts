import { type Statement, statement } from "../client/statement.js";
import { anyOf } from "../client/text-array.js";
import { rowsFrom } from "../columns.js";
import type { Tables } from "../schema/tables.js";
import { type AnswerRow, CHARGE_COLUMNS, REQUEST_COLUMNS } from "./charge-row.js";

/**
 * Spends requests ($1) on the keys that have a row of meters; a request of a key without one is left unanswered. $2 is
 * the caller's clock in epoch ms; by $3, gcra charges are shifted to this server's. $4 repeats the keys' ids, as what the
 * planner takes for few: it would rather read all meters than look up as many keys as it thinks a JSON text to hold.
 *
 * - locked: every row once, in one order for all callers, so that nobody waits in a circle. What had to wait sees the
 *   row as its last holder left it.
 * - timed: the clock is read when the row is held. `now()` would stand still since before the wait.
 * - spent: a key's requests one after the other, the next one on the meters that the last one left (core's
 *   `applyCharges`, in SQL).
 * - written: once a key, and not at all if nothing was admitted.
 */
export function consumeStatement(tables: Tables): Statement<AnswerRow> {
  return statement(`
    WITH RECURSIVE request AS MATERIALIZED (
      SELECT r.*, pg_catalog.row_number() OVER (PARTITION BY r.key_id, r.tenant ORDER BY r.place) AS turn
      FROM ${rowsFrom("$1", "r", REQUEST_COLUMNS)}
    ), locked AS MATERIALIZED (
      SELECT m.tenant, m.key_id, m.meters FROM ${tables.meters} m
      WHERE m.key_id = ${anyOf("$4")} AND (m.key_id, m.tenant) IN (SELECT r.key_id, r.tenant FROM request r)
      ORDER BY m.key_id, m.tenant FOR UPDATE OF m
    ), timed AS MATERIALIZED (
      SELECT locked.*, CASE WHEN $3::boolean
        THEN pg_catalog.floor(extract(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000000)::bigint
        ELSE $2::bigint * 1000
      END AS now_us
      FROM locked
    ), spent AS (
      SELECT t.tenant, t.key_id, t.now_us, t.meters, 0::bigint AS turn, false AS changed,
        NULL::bigint AS place, NULL::bigint AS admitted
      FROM timed t
      UNION ALL
      SELECT s.tenant, s.key_id, s.now_us,
        CASE WHEN spend.admitted > 0 THEN s.meters OPERATOR(pg_catalog.||) spend.meters ELSE s.meters END,
        r.turn, s.changed OR spend.admitted > 0, r.place, spend.admitted
      FROM spent s
      JOIN request r ON r.tenant = s.tenant AND r.key_id = s.key_id AND r.turn = s.turn + 1
      CROSS JOIN LATERAL (
        SELECT pg_catalog.min(fit.admitted) AS admitted, pg_catalog.jsonb_object_agg(
          fit.meter, pg_catalog.jsonb_build_array(fit.window_at, fit.base + fit.admitted * fit.add)
        ) AS meters
        FROM (
          SELECT slot.*, least(r.units, pg_catalog.min(CASE
            WHEN slot.base > slot.ceiling THEN 0
            WHEN slot.add = 0 THEN r.units
            ELSE (slot.ceiling - slot.base) / slot.add
          END) OVER ()) AS admitted
          FROM (
            SELECT c.meter, c.add, greatest(c.window_at, stored.window_at) AS window_at,
              greatest(c.floor + shift.us, CASE WHEN stored.window_at >= c.window_at THEN stored.amount END) AS base,
              c.ceiling + shift.us AS ceiling
            FROM ${rowsFrom("r.charges", "c", CHARGE_COLUMNS)}
            CROSS JOIN LATERAL (
              SELECT (s.meters -> c.meter ->> 0)::bigint AS window_at, (s.meters -> c.meter ->> 1)::bigint AS amount
            ) stored
            CROSS JOIN LATERAL (
              SELECT CASE WHEN c.timed THEN s.now_us - $2::bigint * 1000 ELSE 0 END AS us
            ) shift
          ) slot
        ) fit
      ) spend
    ), written AS (
      UPDATE ${tables.meters} m SET meters = final.meters
      FROM (SELECT DISTINCT ON (s.key_id, s.tenant) s.* FROM spent s ORDER BY s.key_id, s.tenant, s.turn DESC) final
      WHERE m.key_id = ${anyOf("$4")} AND m.key_id = final.key_id AND m.tenant = final.tenant AND final.changed
    )
    SELECT pg_catalog.json_build_object(
      'place', s.place, 'admitted', s.admitted, 'now_us', s.now_us, 'meters', s.meters
    )::text FROM spent s WHERE s.turn > 0`);
}
