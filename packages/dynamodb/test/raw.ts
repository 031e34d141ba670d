import { type DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import type { Item } from "../src/client/item.js";

/** Everything that stands in a table, page by page. */
export async function allItems(client: DynamoDBClient, table: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        ...(start !== undefined && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...Items);
    start = LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}

/** The ids of the events that are in the log, one for each copy. */
export function loggedIds(items: readonly Item[]): readonly string[] {
  return items.filter(({ pk }) => pk?.S?.startsWith("log#")).map(({ event }) => JSON.parse(event?.S ?? "").id);
}
