import { answerParent, openDynamoClient } from "@claviger/testing";
import { dynamodbStore } from "../../src/dynamodb-store.js";
import { frozenKeyring, type Order, verifyAtOnce } from "./verify-at-once.js";

answerParent(async ({ endpoint, table }: { readonly endpoint: string; readonly table: string }) => {
  const keyring = frozenKeyring(dynamodbStore({ client: openDynamoClient(endpoint), table }));
  return (order: Order) => verifyAtOnce(keyring, order);
});
