/** What sort of thing was given, without a character of it: where a client belongs, a connection string may have been given. */
export function describeKind(value: unknown): string {
  return value === null ? "null" : `a value of type ${typeof value}`;
}
