/**
 * The time that charges go by, in epoch µs, in SQL: the caller's, or this server's where the parameter is null. To be read
 * where a row is held: `now()` would stand still since before the wait.
 *
 * Of the 53 bits of a `float8` this takes 51 until 2041, and 52 until 2112, so that rounding finds the very microsecond, at
 * a fraction of what `numeric` would take.
 *
 * @param nowMs the parameter with the caller's clock, epoch ms
 */
export function clockUs(nowMs: string): string {
  return `coalesce(
        ${nowMs}::bigint * 1000,
        (pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()) * 1000000::float8)::bigint
      )`;
}
