/** The name of the exception that DynamoDB answered with, or the code of what happened to the connection. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const code: unknown = Reflect.get(error, "code");
  if (typeof code === "string") return code;
  const name: unknown = Reflect.get(error, "name");
  return typeof name === "string" ? name : undefined;
}

/**
 * The error to throw in place of the SDK's. Only code and message of that are kept: its other fields may hold the item
 * that failed a condition, or the response's headers and body, and so a digest.
 */
export function faultOf(error: unknown, table: string): Error {
  const code = codeOf(error);
  const message = error instanceof Error && error.message !== "" ? error.message : (code ?? "the SDK gave no reason");
  const advice =
    code === "ResourceNotFoundException"
      ? `; run createTable(client, { table: "${table}" }) before the store is used`
      : "";
  return Object.assign(new Error(`DynamoDB: ${message}${advice}`), code !== undefined && { code });
}
