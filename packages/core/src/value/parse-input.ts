import * as z from "zod/mini";
import { ClavigerError } from "../errors.js";
import { memberPath } from "./member-path.js";
import { describeValue, invalidInput } from "./refuse.js";
import { snapshot } from "./snapshot.js";

/**
 * Parses what a caller gave. Schemas say in their error what is allowed ("a text of 1 to 200 characters"); this adds
 * which field it was and what was given.
 *
 * @param field what the whole value is called in errors. Members go by their own path, `limits[0].per`; where `field`
 *   ends with a dot, by that and their path, `settings.maxLifetime`
 * @throws ClavigerError `invalid_input` naming the first field that was refused
 */
export function parseInput<Output>(field: string, schema: z.ZodMiniType<Output>, value: unknown): Output {
  const given = snapshot(field, value);
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue === undefined) throw invalidInput(field, "valid", given);
  if (issue.code === "unrecognized_keys") throw unknownField(field, issue.path, issue.keys, issue.message);
  throw invalidInput(memberPath(field, issue.path), issue.message, memberAt(given, issue.path));
}

/**
 * As {@link parseInput}, for what the programmer wrote.
 *
 * @throws TypeError naming the first option that was refused
 */
export function parseOption<Output>(option: string, schema: z.ZodMiniType<Output>, value: unknown): Output {
  try {
    return parseInput(option, schema, value);
  } catch (cause) {
    throw cause instanceof ClavigerError ? new TypeError(cause.message, { cause: cause.cause }) : cause;
  }
}

/** An object with exactly these fields. Unknown ones are refused by name. */
export function fields<Shape extends z.core.$ZodShape>(shape: Shape): z.ZodMiniObject<Shape, z.core.$strict> {
  const allowed = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? allowed : `an object with the fields ${allowed}`),
  });
}

function unknownField(
  root: string,
  path: readonly PropertyKey[],
  names: readonly string[],
  allowed: string,
): ClavigerError {
  const name = names[0] ?? "";
  const message = `${memberPath(root, path)} has no field ${describeValue(name)}; allowed: ${allowed}`;
  return new ClavigerError("invalid_input", message, { field: memberPath(root, [...path, name]) });
}

function memberAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, name) => (typeof inside === "object" && inside !== null ? Reflect.get(inside, name) : undefined),
    value,
  );
}
