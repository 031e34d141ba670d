import { arrayRows } from "../client/array-rows.js";
import { type Statement, statement } from "../client/statement.js";
import type { Tables } from "../schema/tables.js";
import { metersAfter, slotColumns, unitsThatFit } from "./arithmetic.js";
import { CHARGE_COLUMNS } from "./charge-arrays.js";
import { clockUs } from "./clock.js";
import type { StoredMeters } from "./stored-meter.js";

/** What a statement answers to one request: its place, counted from 1, and the meters afterwards by name. */
export type SpendRow = readonly [place: number, admitted: number, nowUs: number, meters: StoredMeters];

/**
 * On which rows is spent: those that are `there`, of whatever key, or of an `unchanged` one; or such as are `missing`, and
 * are made. What has no such row is left unanswered.
 */
export type SpentRows = "there" | "unchanged" | "missing";

const REQUEST_COLUMNS = { key_id: "text", tenant: "text", units: "bigint" } as const;

/** So much of a key's head tells one version of the key from another. */
export const HEAD_LENGTH = 16;

/** Of requests, but for their charges; of an unchanged key the version of its row, too. */
export function requestColumns(rows: SpentRows): Readonly<Record<string, string>> {
  return rows === "unchanged"
    ? { ...REQUEST_COLUMNS, writer: "xid", written_at: "tid", head: "text" }
    : REQUEST_COLUMNS;
}

/**
 * The meters of a request `r` of {@link requestColumns}, and its row locked. Where the key is to be unchanged, that is seen
 * first, at the place where its row was read: it takes no index, and nothing is there any more that was written anew.
 */
export function heldMeters(tables: Tables, rows: SpentRows): string {
  if (rows === "missing") return "SELECT '{}'::jsonb AS meters";
  const [keys, asRead] =
    rows === "unchanged"
      ? [
          `${tables.keys} k CROSS JOIN `,
          ` AND k.ctid = r.written_at AND k.xmin = r.writer AND k.id = r.key_id
        AND coalesce(pg_catalog.left(k.head, ${HEAD_LENGTH}), '') = r.head`,
        ]
      : ["", ""];
  return `SELECT m.meters FROM ${keys}${tables.meters} m
        WHERE m.key_id = r.key_id AND m.tenant = r.tenant${asRead} FOR UPDATE OF m`;
}

/**
 * Spends requests, each of a key of its own, on the rows that are `there`; a key without one is left unanswered. Or makes
 * such rows where they are `missing`; a key that has got one meanwhile is left unanswered, and one that admits nothing gets
 * none. First {@link requestColumns}, then the clock of {@link clockUs}, then the places of the requests whose charges
 * follow.
 *
 * - held: every row once, in one order for all callers, so that nobody waits in a circle; looked up one by one, since a
 *   join would rather read all meters. What had to wait sees the row as its last holder left it.
 * - written: once a key, and not at all if nothing was admitted.
 */
export function spendStatement(tables: Tables, rows: SpentRows): Statement<SpendRow> {
  const columns = requestColumns(rows);
  const clock = 1 + Object.keys(columns).length;
  const written = `UPDATE ${tables.meters} m SET meters = f.meters FROM final f
      WHERE m.key_id = f.key_id AND m.tenant = f.tenant AND f.admitted > 0`;
  const added = `INSERT INTO ${tables.meters} (key_id, tenant, meters)
      SELECT f.key_id, f.tenant, f.meters FROM final f WHERE f.admitted > 0
      ORDER BY f.key_id COLLATE "C", f.tenant COLLATE "C"
      ON CONFLICT (key_id, tenant) DO NOTHING RETURNING key_id, tenant`;
  return statement(`
    WITH request AS MATERIALIZED (
      SELECT r.* FROM ${arrayRows(1, "r", columns, "place")} ORDER BY r.key_id COLLATE "C", r.tenant COLLATE "C"
    ), held AS MATERIALIZED (
      SELECT r.*, m.meters, ${clockUs(`$${clock}`)} AS now_us
      FROM request r CROSS JOIN LATERAL (${heldMeters(tables, rows)}) m
    ), slot AS (
      SELECT h.place, h.units, ${slotColumns("c", "h.meters -> c.meter", "h.now_us")}
      FROM held h JOIN ${arrayRows(clock + 1, "c", { place: "bigint", ...CHARGE_COLUMNS })} ON c.place = h.place
    ), fit AS (
      SELECT slot.*, least(slot.units, pg_catalog.min(${unitsThatFit("slot", "slot.units")}) OVER (PARTITION BY slot.place)
      ) AS admitted FROM slot
    ), spent AS (
      SELECT fit.place, fit.admitted, ${metersAfter("fit", "fit.admitted")} AS meters FROM fit GROUP BY fit.place, fit.admitted
    ), final AS MATERIALIZED (
      SELECT h.place, h.key_id, h.tenant, h.now_us, s.admitted, CASE
        WHEN s.admitted > 0 THEN h.meters OPERATOR(pg_catalog.||) s.meters ELSE h.meters
      END AS meters
      FROM held h JOIN spent s ON s.place = h.place
    ), written AS (
      ${rows === "missing" ? added : written}
    )
    SELECT pg_catalog.json_build_array(f.place, f.admitted, f.now_us, f.meters)::text FROM final f${
      rows === "missing"
        ? `
    WHERE f.admitted = 0 OR EXISTS (SELECT FROM written w WHERE w.key_id = f.key_id AND w.tenant = f.tenant)`
        : ""
    }`);
}
