import {
  type AttributeValue,
  BatchGetItemCommand,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
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
  /** @returns at most so many of the items in an index, in no order */
  scan(index: string, limit: number): Promise<readonly Item[]>;
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
      const { Items = [], LastEvaluatedKey } = await send(() => client.send(command));
      return { items: Items, ...(LastEvaluatedKey !== undefined && { next: LastEvaluatedKey }) };
    },
    async scan(index, limit) {
      const command = new ScanCommand({ TableName: table, IndexName: index, Limit: limit });
      return (await send(() => client.send(command))).Items ?? [];
    },
  };
}
