import { describeKind, describeValue } from "@claviger/core";
import { type DynamoClient, isClient } from "../client/client.js";

/** As DynamoDB has it, without the ARN by which one may name a table of another account. */
const TABLE_NAME = /^[a-zA-Z0-9_.-]{3,255}$/;

/**
 * Options as they were given, once it is sure that all of them are known.
 *
 * @throws TypeError naming the option that is not
 */
export function knownOptions<Options extends object>(
  of: string,
  known: readonly (keyof Options)[],
  options: Options,
): Options {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `the options of ${of} must be an object with ${known.join(", ")}; got ${describeKind(options)}`,
    );
  }
  const names: readonly PropertyKey[] = known;
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`${of} has no option ${describeValue(unknown)}; allowed: ${known.join(", ")}`);
  }
  return options;
}

/** @throws TypeError naming the option, what is allowed and what was given */
export function clientOption(client: unknown): DynamoClient {
  if (isClient(client)) return client;
  throw new TypeError(`client must be a DynamoDBClient of @aws-sdk/client-dynamodb; got ${describeKind(client)}`);
}

/** @throws TypeError naming the option, what is allowed and what was given */
export function tableOption(table: unknown): string {
  if (typeof table === "string" && TABLE_NAME.test(table)) return table;
  throw new TypeError(`table must be 3 to 255 characters of a-z, A-Z, 0-9, _, . and -; got ${describeValue(table)}`);
}
