import { createTable, dynamodbStore } from "@claviger/dynamodb";
import { openDynamoClient, startDynamo } from "@claviger/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { APIS, FRAMEWORKS } from "../src/frameworks.js";
import { play } from "./play.js";

const TABLE = `claviger-story-${crypto.randomUUID()}`;
let client: ReturnType<typeof openDynamoClient>;
let stop: () => Promise<void>;

beforeAll(async () => {
  const server = await startDynamo();
  client = openDynamoClient(server.endpoint);
  stop = server.stop;
  await createTable(client, { table: TABLE });
});

afterAll(async () => {
  client.destroy();
  await stop();
});

it.each(FRAMEWORKS)("the story holds over DynamoDB on %s", async (framework) => {
  const { failure } = await play({
    createApi: APIS[framework].create,
    store: dynamodbStore({ client, table: TABLE }),
  });

  expect(failure).toBeUndefined();
});
