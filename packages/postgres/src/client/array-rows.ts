/** Numbers or truth values as PostgreSQL writes an array of them. */
export function numberArray(values: readonly (number | boolean)[]): string {
  return `{${values.join(",")}}`;
}

/**
 * Rows out of array parameters that lie side by side, `ROWS FROM (…) AS alias(…)`; with `place`, counted from 1 as they
 * come. The subqueries hide from the planner how many there are: seeing that, it would plan again at every execution, which
 * takes longer than the execution.
 *
 * @param first the number of the first parameter
 * @param columns names and types of the elements, one a parameter
 */
export function arrayRows(
  first: number,
  alias: string,
  columns: Readonly<Record<string, string>>,
  place?: string,
): string {
  const arrays = Object.values(columns).map(
    (type, index) => `pg_catalog.unnest((SELECT $${first + index}::text)::${type}[])`,
  );
  const names = Object.keys(columns);
  return place === undefined
    ? `ROWS FROM (${arrays.join(", ")}) AS ${alias}(${names.join(", ")})`
    : `ROWS FROM (${arrays.join(", ")}) WITH ORDINALITY AS ${alias}(${[...names, place].join(", ")})`;
}
