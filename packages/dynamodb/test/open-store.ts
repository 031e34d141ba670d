import type { Store } from "@claviger/core";
import { openDynamoClient } from "@claviger/testing";
import { dynamodbStore } from "../src/dynamodb-store.js";

/** How a process of its own opens a store over a table. @param argument JSON of the server's endpoint and the table's name */
// biome-ignore lint/style/noDefaultExport: this is what the kit calls in its processes
export default function openStore(argument: string): Store {
  const { endpoint, table }: { readonly endpoint: string; readonly table: string } = JSON.parse(argument);
  return dynamodbStore({ client: openDynamoClient(endpoint), table });
}
