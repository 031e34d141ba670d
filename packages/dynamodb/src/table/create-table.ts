import {
  CreateTableCommand,
  DescribeTableCommand,
  type KeySchemaElement,
  type Projection,
  ResourceNotFoundException,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import { REAL_WAITING } from "../client/backoff.js";
import type { DynamoClient } from "../client/client.js";
import { codeOf, faultOf } from "../client/fault.js";
import { tableDefinition } from "./definition.js";
import { clientOption, knownOptions, tableOption } from "./options.js";

export interface TableName {
  /** `claviger`, or whatever the application calls it. */
  readonly table: string;
}

const POLL_MS = 500;
/** DynamoDB makes a table with its indexes in some ten seconds. */
const LONGEST_MS = 180_000;

/** What one hears who asks for a table that is there. */
const MADE_ALREADY: readonly string[] = ["ResourceInUseException"];

/**
 * Makes the table with its indexes, and waits until both are ready. Does nothing where they are there; several at once
 * are fine. For development and tests; in production a table is better kept by what keeps the rest (CloudFormation,
 * Terraform: docs/guides/dynamodb.md).
 *
 * @throws TypeError a wrong option
 * @throws Error what DynamoDB refused; a table of the name that has other keys, lacks an index, or has one that
 *   carries something else
 */
export function createTable(client: DynamoClient, options: TableName): Promise<void>;
/** @internal For tests, which wait for nothing. */
export function createTable(
  client: DynamoClient,
  options: TableName,
  pause: (ms: number) => Promise<void>,
): Promise<void>;
export async function createTable(
  client: DynamoClient,
  options: TableName,
  pause: (ms: number) => Promise<void> = REAL_WAITING.pause,
): Promise<void> {
  const table = tableOption(knownOptions("createTable", ["table"], options).table);
  const known = clientOption(client);
  try {
    await create(known, table);
    for (let waitedMs = 0; waitedMs <= LONGEST_MS; waitedMs += POLL_MS) {
      const description = await describe(known, table);
      if (description !== undefined && isReady(description)) return requireShape(table, description);
      await pause(POLL_MS);
    }
  } catch (error) {
    throw faultOf(error, table);
  }
  throw new Error(`DynamoDB: the table ${table} was not ready after ${LONGEST_MS / 1000} seconds`);
}

async function create(client: DynamoClient, table: string): Promise<void> {
  try {
    await client.send(new CreateTableCommand(tableDefinition(table)));
  } catch (error) {
    if (!MADE_ALREADY.includes(codeOf(error) ?? "")) throw error;
  }
}

async function describe(client: DynamoClient, table: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: table }))).Table;
  } catch (error) {
    // DescribeTable is not consistent: it may not know yet what CreateTable has begun.
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function isReady({ TableStatus, GlobalSecondaryIndexes = [] }: TableDescription): boolean {
  const statuses = [TableStatus, ...GlobalSecondaryIndexes.map(({ IndexStatus }) => IndexStatus)];
  // A table that is being changed, in its capacity for instance, serves all the while.
  return statuses.every((status) => status === "ACTIVE" || status === "UPDATING");
}

function requireShape(table: string, description: TableDescription): void {
  const { KeySchema, GlobalSecondaryIndexes = [], AttributeDefinitions = [] } = description;
  const wanted = tableDefinition(table);
  const found = new Map(GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys }) => [IndexName, shapeOf(keys)]));
  const missing = wanted.GlobalSecondaryIndexes?.filter(
    ({ IndexName, KeySchema: keys }) => found.get(IndexName) !== shapeOf(keys),
  );
  if (shapeOf(KeySchema) !== shapeOf(wanted.KeySchema))
    throw new Error(`the table ${table} has other keys than pk and sk`);
  if (missing !== undefined && missing.length > 0) {
    throw new Error(`the table ${table} lacks the index ${missing.map(({ IndexName }) => IndexName).join(", ")}`);
  }
  for (const { AttributeName, AttributeType } of wanted.AttributeDefinitions ?? []) {
    const given = AttributeDefinitions.find((each) => each.AttributeName === AttributeName)?.AttributeType;
    if (given !== AttributeType)
      throw new Error(`the table ${table} has ${AttributeName} of type ${given}, not ${AttributeType}`);
  }
  for (const { IndexName, Projection } of wanted.GlobalSecondaryIndexes ?? []) {
    const given = GlobalSecondaryIndexes.find((each) => each.IndexName === IndexName)?.Projection;
    if (carriedBy(given) === carriedBy(Projection)) continue;
    throw new Error(`the index ${IndexName} of ${table} carries ${carriedBy(given)}, not ${carriedBy(Projection)}`);
  }
}

function shapeOf(keys: readonly KeySchemaElement[] = []): string {
  return keys.map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).join(", ");
}

/** More than is wanted is wrong too: an index that carries all carries digests. */
function carriedBy({ ProjectionType, NonKeyAttributes = [] }: Projection = {}): string {
  return [ProjectionType, ...[...NonKeyAttributes].sort()].join(" ");
}
