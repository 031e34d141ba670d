/** A text as PostgreSQL writes a `text[]`, which the drivers do differently: for {@link anyOf}. */
export function textArray(texts: readonly string[]): string {
  const json = JSON.stringify(texts);
  // Without an escape, as ids are, both write the same between other brackets, this in a fourth of the time.
  if (!json.includes("\\")) return `{${json.slice(1, -1)}}`;
  return `{${texts.map((text) => `"${text.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}

/**
 * The values of an array parameter, to compare a column with by `=`. The subquery hides from the planner how many there
 * are: seeing one, it would plan again at every execution, which takes longer than to look it up.
 */
export function anyOf(parameter: string): string {
  return `ANY ((SELECT ${parameter}::text::text[])::text[])`;
}
