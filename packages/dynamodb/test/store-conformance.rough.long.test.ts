import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { storeConformance } from "@claviger/store-conformance";
import { openDynamoClient } from "@claviger/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from "vitest";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { intercept } from "./intercept.js";
import { roughNetwork } from "./rough-network.js";
import { openTable, type TestTable } from "./test-table.js";

let opened: TestTable;
const clients: DynamoDBClient[] = [];
beforeAll(async () => {
  opened = await openTable("rough");
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await opened.remove();
});

const openRough = () => {
  const client = intercept(openDynamoClient(opened.endpoint, { maxAttempts: 6 }), roughNetwork());
  clients.push(client);
  return dynamodbStore({ client, table: opened.table });
};

storeConformance({
  name: "dynamodbStore over a rough network",
  createStore: () => ({ store: openRough(), openAnother: openRough }),
  runner: { describe, it, beforeEach, afterEach },
});
