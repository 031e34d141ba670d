import { readFileSync } from "node:fs";
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import { insertSample } from "@claviger/store-conformance/samples";
import { type DynamoServer, openDynamoClient, startDynamo } from "@claviger/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { createTable } from "../src/table/create-table.js";
import { tableDefinition } from "../src/table/definition.js";
import { type Intercept, intercept, outputOf, type Send } from "./intercept.js";

const GUIDE = new URL("../../../docs/guides/dynamodb.md", import.meta.url);

const KEYS_ONLY = { ProjectionType: "KEYS_ONLY" };

describe("createTable", () => {
  let server: DynamoServer;
  const clients: DynamoDBClient[] = [];
  beforeAll(async () => {
    server = await startDynamo();
  });
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await server.stop();
  });

  const connect = () => {
    const client = openDynamoClient(server.endpoint);
    clients.push(client);
    return client;
  };
  const freshTable = () => `create-${crypto.randomUUID()}`;

  it("makes a table that a store can use, four at once, and again", async () => {
    const table = freshTable();
    await Promise.all(Array.from({ length: 4 }, () => createTable(connect(), { table })));
    const client = connect();
    await createTable(client, { table });
    await insertSample(dynamodbStore({ client, table }));
  });

  it("waits until table and indexes are ready, and asks again where nobody knows of the table yet", async () => {
    const table = freshTable();
    const answers = ["absent", "CREATING", "index CREATING", "ready"];
    const client = intercept(connect(), async ({ command }, proceed) => {
      const reply = await proceed();
      if (command !== "DescribeTableCommand") return reply;
      const answer = answers.shift();
      if (answer === "absent") throw new ResourceNotFoundException({ message: "not yet", $metadata: {} });
      const table = tableIn(reply);
      if (answer === "CREATING") table.TableStatus = answer;
      if (answer === "index CREATING")
        Object.assign(table.GlobalSecondaryIndexes?.[0] ?? {}, { IndexStatus: "CREATING" });
      return reply;
    });
    let pauses = 0;
    await createTable(client, { table }, async () => {
      pauses += 1;
    });
    expect(pauses).toBe(3);
    expect(answers).toEqual([]);
  });

  it("gives up a table that never is ready", async () => {
    let described: unknown;
    const never: Intercept = async <Output>({ command }: Send, proceed: () => Promise<Output>) => {
      if (command !== "DescribeTableCommand") return proceed();
      const reply = (described ?? (await proceed())) as Output;
      tableIn(reply).TableStatus = "CREATING";
      described = reply;
      return reply;
    };
    const options = { table: freshTable() };
    await expect(createTable(intercept(connect(), never), options, async () => {})).rejects.toThrow(
      "not ready after 180 seconds",
    );
  });

  it.each([
    ["other keys", { KeySchema: [{ AttributeName: "pk", KeyType: "HASH" as const }] }, "has other keys than pk and sk"],
    ["no indexes", { GlobalSecondaryIndexes: undefined }, "lacks the index keys-of-tenant, keys-of-owner, log, riding"],
  ])("refuses a table of the name with %s", async (_, given, message) => {
    const table = freshTable();
    const client = connect();
    const definition = { ...tableDefinition(table), ...given };
    const used = new Set(
      [definition, ...(definition.GlobalSecondaryIndexes ?? [])].flatMap(({ KeySchema }) =>
        KeySchema?.map(({ AttributeName }) => AttributeName),
      ),
    );
    const AttributeDefinitions = definition.AttributeDefinitions?.filter(({ AttributeName }) =>
      used.has(AttributeName),
    );
    await client.send(new CreateTableCommand({ ...definition, AttributeDefinitions }));
    await expect(createTable(client, { table })).rejects.toThrow(message);
  });

  it.each<readonly [string, (definition: CreateTableCommandInput) => unknown, string]>([
    [
      "an index that carries its keys only",
      ({ GlobalSecondaryIndexes: [, , log] = [] }) => Object.assign(log ?? {}, { Projection: KEYS_ONLY }),
      "the index log of TABLE carries KEYS_ONLY, not INCLUDE event",
    ],
    [
      "an index that carries digests",
      ({ GlobalSecondaryIndexes: [keys] = [] }) => Object.assign(keys ?? {}, { Projection: { ProjectionType: "ALL" } }),
      "the index keys-of-tenant of TABLE carries ALL, not INCLUDE expiresAt notBefore scopes search state",
    ],
    [
      "a number for a place",
      ({ AttributeDefinitions = [] }) =>
        Object.assign(AttributeDefinitions.find(({ AttributeName }) => AttributeName === "listAt") ?? {}, {
          AttributeType: "N",
        }),
      "the table TABLE has listAt of type N, not S",
    ],
  ])("refuses a table of the name with %s", async (_, change, message) => {
    const table = freshTable();
    const client = connect();
    const definition = tableDefinition(table);
    change(definition);
    await client.send(new CreateTableCommand(definition));
    await expect(createTable(client, { table })).rejects.toThrow(message.replace("TABLE", table));
  });

  it("makes what the guide's CloudFormation template says, to the letter", async () => {
    const [, json = ""] = /```json template\n([\s\S]*?)```/.exec(readFileSync(GUIDE, "utf8")) ?? [];
    const { Properties, ...rest } = JSON.parse(json).Resources.Claviger;
    expect(rest).toEqual({ Type: "AWS::DynamoDB::Table", DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    const { PointInTimeRecoverySpecification: recovery, DeletionProtectionEnabled: guarded, ...table } = Properties;
    expect([recovery, guarded]).toEqual([{ PointInTimeRecoveryEnabled: true }, true]);
    expect(table).toEqual(tableDefinition("claviger"));

    const client = connect();
    await client.send(new CreateTableCommand({ ...table, TableName: freshTable() }));
    const described = await client.send(new DescribeTableCommand({ TableName: "claviger" })).catch(() => undefined);
    expect(described).toBeUndefined();
  });
});

/** The table in the answer to DescribeTable. */
function tableIn(reply: unknown): TableDescription {
  return (outputOf(reply) as { Table: TableDescription }).Table;
}
