/**
 * The columns `meter`, `add`, `window_at`, `base` and `ceiling` of a charge on a meter: core's `applyCharges`, in SQL.
 *
 * @param charge alias of a row of `CHARGE_COLUMNS`
 * @param stored the meter as jsonb, null where there is none
 * @param nowUs the time of the charge
 */
export function slotColumns(charge: string, stored: string, nowUs: string): string {
  const storedAt = `(${stored} ->> 0)::bigint`;
  const sinceUs = `CASE WHEN ${charge}.timed THEN ${nowUs} ELSE 0 END`;
  return `${charge}.meter, ${charge}.add, greatest(${charge}.window_at, ${storedAt}) AS window_at,
        greatest(
          ${charge}.floor + ${sinceUs}, CASE WHEN ${storedAt} >= ${charge}.window_at THEN (${stored} ->> 1)::bigint END
        ) AS base,
        ${charge}.ceiling + ${sinceUs} AS ceiling`;
}

/** How many of so many units fit into a slot; may be more. */
export function unitsThatFit(slot: string, units: string): string {
  return `CASE
          WHEN ${slot}.base > ${slot}.ceiling THEN 0
          WHEN ${slot}.add = 0 THEN ${units}
          ELSE (${slot}.ceiling - ${slot}.base) / ${slot}.add
        END`;
}

/** Several meters after so many units, as one jsonb object: an aggregate over their slots. */
export function metersAfter(slot: string, units: string, name: string = `${slot}.meter`): string {
  return `pg_catalog.jsonb_object_agg(
          ${name}, pg_catalog.jsonb_build_array(${slot}.window_at, ${slot}.base + ${units} * ${slot}.add)
        )`;
}
