import { arrayRows } from "../client/array-rows.js";
import { type Statement, statement } from "../client/statement.js";
import type { Tables } from "../schema/tables.js";
import { slotColumns, unitsThatFit } from "./arithmetic.js";
import { CHARGE_COLUMNS } from "./charge-arrays.js";
import { clockUs } from "./clock.js";
import { heldMeters, requestColumns, type SpendRow, type SpentRows } from "./spend-statements.js";

/**
 * Does what `spendStatement` does, for requests of one charge each: without groups and joins, which cost more than the rows
 * themselves, and to set up more than all else. The columns of the request come first ({@link requestColumns}), then those
 * of its charge, then the clock of {@link clockUs}. Each `OFFSET 0` keeps what it names from being worked out wherever it is named.
 *
 * - held: every row once, in one order for all callers, as there.
 * - final: `change` is the meter after the charge.
 */
export function spendOneChargeStatement(tables: Tables, rows: SpentRows): Statement<SpendRow> {
  const columns = { ...requestColumns(rows), ...CHARGE_COLUMNS };
  const clock = `$${1 + Object.keys(columns).length}`;
  const written = `UPDATE ${tables.meters} m SET meters = f.meters OPERATOR(pg_catalog.||) f.change FROM final f
      WHERE m.key_id = f.key_id AND m.tenant = f.tenant AND f.admitted > 0`;
  const added = `INSERT INTO ${tables.meters} (key_id, tenant, meters)
      SELECT f.key_id, f.tenant, f.change FROM final f WHERE f.admitted > 0
      ORDER BY f.key_id COLLATE "C", f.tenant COLLATE "C"
      ON CONFLICT (key_id, tenant) DO NOTHING RETURNING key_id, tenant`;
  return statement(`
    WITH final AS MATERIALIZED (
      SELECT fit.place, fit.key_id, fit.tenant, fit.now_us, fit.meters, fit.admitted, CASE WHEN fit.admitted > 0
        THEN pg_catalog.jsonb_build_object(
          fit.meter, pg_catalog.jsonb_build_array(fit.window_at, fit.base + fit.admitted * fit.add)
        )
      END AS change
      FROM (
        SELECT slot.*, least(slot.units, ${unitsThatFit("slot", "slot.units")}) AS admitted
        FROM (
          SELECT held.place, held.key_id, held.tenant, held.now_us, held.meters, held.units,
            ${slotColumns("held", "held.stored", "held.now_us")}
          FROM (
            SELECT r.*, m.meters, m.meters -> r.meter AS stored, ${clockUs(clock)} AS now_us
            FROM (
              SELECT c.* FROM ${arrayRows(1, "c", columns, "place")}
              ORDER BY c.key_id COLLATE "C", c.tenant COLLATE "C" OFFSET 0
            ) r CROSS JOIN LATERAL (${heldMeters(tables, rows)}) m OFFSET 0
          ) held OFFSET 0
        ) slot OFFSET 0
      ) fit
    ), written AS (
      ${rows === "missing" ? added : written}
    )
    SELECT pg_catalog.json_build_array(
      f.place, f.admitted, f.now_us, CASE WHEN f.admitted > 0 THEN f.change ELSE f.meters END
    )::text FROM final f${
      rows === "missing"
        ? `
    WHERE f.admitted = 0 OR EXISTS (SELECT FROM written w WHERE w.key_id = f.key_id AND w.tenant = f.tenant)`
        : ""
    }`);
}
