import {
  type AttributeValue,
  BatchGetItemCommand,
  GetItemCommand,
  QueryCommand,
  type QueryCommandOutput,
  ScanCommand,
  type ScanCommandOutput,
} from "@aws-sdk/client-dynamodb";
import { createBackoff, type Waiting } from "./backoff.js";
import type { DynamoClient } from "./client.js";
import { expressionAttributes, type Placeholders } from "./expression.js";
import { type Item, type ItemKey, keyAttributes } from "./item.js";
import type { Sender } from "./sender.js";

export interface RangeQuery extends Placeholders {
  readonly index?: string;
  readonly keyCondition: string;
  readonly forward: boolean;
  /** How many items are looked at. */
  readonly limit?: number;
  readonly start?: Item | undefined;
}

export interface QueryPage {
  readonly items: readonly Item[];
  /** Where the next page starts; absent at the end. */
  readonly next?: Item;
}

/** Strongly consistent, but for what is read through an index, which cannot be. */
export interface Reads {
  get(key: ItemKey): Promise<Item | undefined>;
  /** @returns what is there of these, in no order */
  getMany(keys: readonly ItemKey[]): Promise<readonly Item[]>;
  query(query: RangeQuery): Promise<QueryPage>;
  /** At most so many of the items in an index, in no order. @param start `next` of the page before */
  scan(index: string, limit: number, start: Item | undefined): Promise<QueryPage>;
}

/** The most that one BatchGetItem takes. */
const BATCH_KEYS = 100;

export function createReads(client: DynamoClient, table: string, send: Sender, waiting: Waiting): Reads {
  async function getBatch(keys: readonly ItemKey[]): Promise<readonly Item[]> {
    const backoff = createBackoff(waiting);
    const found: Item[] = [];
    let open: Record<string, AttributeValue>[] = keys.map(keyAttributes);
    for (;;) {
      const command = new BatchGetItemCommand({ RequestItems: { [table]: { Keys: open, ConsistentRead: true } } });
      const { Responses, UnprocessedKeys } = await send(() => client.send(command));
      found.push(...(Responses?.[table] ?? []));
      open = UnprocessedKeys?.[table]?.Keys ?? [];
      if (open.length === 0) return found;
      if (!(await backoff())) throw new Error(`DynamoDB: ${open.length} keys were left unprocessed`);
    }
  }

  return {
    async get(key) {
      const command = new GetItemCommand({ TableName: table, Key: keyAttributes(key), ConsistentRead: true });
      return (await send(() => client.send(command))).Item;
    },
    async getMany(keys) {
      // The same key twice in a batch is refused.
      const different = [...new Map(keys.map((key) => [JSON.stringify([key.pk, key.sk]), key])).values()];
      const batches = Array.from({ length: Math.ceil(different.length / BATCH_KEYS) }, (_, index) =>
        different.slice(index * BATCH_KEYS, (index + 1) * BATCH_KEYS),
      );
      return (await Promise.all(batches.map(getBatch))).flat();
    },
    async query({ index, keyCondition, forward, limit, start, ...placeholders }) {
      const command = new QueryCommand({
        TableName: table,
        ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
        KeyConditionExpression: keyCondition,
        ...expressionAttributes([keyCondition], placeholders),
        ScanIndexForward: forward,
        ...(limit !== undefined && { Limit: limit }),
        ...(start !== undefined && { ExclusiveStartKey: start }),
      });
      return pageOf(await send(() => client.send(command)));
    },
    async scan(index, limit, start) {
      const command = new ScanCommand({
        TableName: table,
        IndexName: index,
        Limit: limit,
        ...(start !== undefined && { ExclusiveStartKey: start }),
      });
      return pageOf(await send(() => client.send(command)));
    },
  };
}

function pageOf({ Items = [], LastEvaluatedKey }: QueryCommandOutput | ScanCommandOutput): QueryPage {
  return { items: Items, ...(LastEvaluatedKey !== undefined && { next: LastEvaluatedKey }) };
}
