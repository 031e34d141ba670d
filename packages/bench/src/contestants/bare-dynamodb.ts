import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { type Contestant, type Given, nothingToClose } from "../contestant.js";
import { idOf } from "./floor.js";
import { readersOf } from "./readers-of.js";

/**
 * The read that a verify written by hand would make, through the same SDK and client: one strongly consistent GetItem of
 * the same item. It compares nothing.
 */
export function bareGetItem(client: DynamoDBClient, table: string, given: Given): Contestant {
  return {
    name: "one GetItem",
    ...readersOf(given),
    verify: (token) =>
      client.send(
        new GetItemCommand({
          TableName: table,
          Key: { pk: { S: `key#${idOf(token)}` }, sk: { S: "key" } },
          ConsistentRead: true,
        }),
      ),
    accepts: (answer) => typeof answer === "object" && answer !== null && "Item" in answer && answer.Item !== undefined,
    close: nothingToClose,
  };
}
