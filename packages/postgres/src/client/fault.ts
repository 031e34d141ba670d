import type { Tables } from "../schema/tables.js";

/** SQLSTATEs of a schema or table that is not there, and of a column that a later version adds. */
const NOT_MIGRATED: readonly string[] = ["3F000", "42P01", "42703"];

/** The SQLSTATE of what PostgreSQL refused, or the code of what happened to the connection. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" ? code : undefined;
}

/** What went wrong, in words for a person. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && error.message !== "") return error.message;
  return codeOf(error) ?? "the driver gave no reason";
}

/**
 * The error to throw in place of a driver's. Only code and message of that are kept: its other fields may quote the
 * failing row or the parameters, and so a digest.
 */
export function faultOf(error: unknown, { options }: Tables): Error {
  const code = codeOf(error);
  const advice =
    code !== undefined && NOT_MIGRATED.includes(code)
      ? `; run migrate(client, { schema: "${options.schema}", tablePrefix: "${options.tablePrefix}" }) before the store is used`
      : "";
  return Object.assign(new Error(`PostgreSQL: ${reasonOf(error)}${advice}`), code !== undefined && { code });
}
