import { DeleteTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { openDynamoClient, startDynamo } from "@claviger/testing";
import { createTable } from "../src/table/create-table.js";

/** A table of a test file's own, with a client. */
export interface TestTable {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  readonly table: string;
  /** Another client of the same server. */
  open(): DynamoDBClient;
  remove(): Promise<void>;
}

export async function openTable(name = "claviger"): Promise<TestTable> {
  const server = await startDynamo();
  const client = openDynamoClient(server.endpoint);
  const table = `${name}-${crypto.randomUUID()}`;
  const others: DynamoDBClient[] = [];
  await createTable(client, { table });
  return {
    client,
    endpoint: server.endpoint,
    table,
    open: () => {
      const other = openDynamoClient(server.endpoint);
      others.push(other);
      return other;
    },
    async remove() {
      await client.send(new DeleteTableCommand({ TableName: table }));
      for (const each of [client, ...others]) each.destroy();
      await server.stop();
    },
  };
}
