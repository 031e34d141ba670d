import type { JsonValue } from "../value/metadata.js";

/**
 * The canonical text of a JSON value (RFC 8785 §3.2): no white space, members sorted by the code units of their names,
 * strings and numbers as ECMAScript writes them.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(",")}}`;
}
