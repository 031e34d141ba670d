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
import { addressOf, type Item, type ItemKey, keyAttributes } from "./item.js";
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

/** What a reading of many items brought, though it may not have brought all. */
export interface SomeItems {
  /** What is there of those that could be read, in no order. */
  readonly items: readonly Item[];
  /** What could not be read, by `pk`: it may be there, or not. */
  readonly unread: ReadonlySet<string>;
  /** Why not. */
  readonly cause: unknown;
}

/** Strongly consistent, but for what is read through an index, which cannot be. */
export interface Reads {
  get(key: ItemKey): Promise<Item | undefined>;
  /** @returns what is there of these, in no order */
  getMany(keys: readonly ItemKey[]): Promise<readonly Item[]>;
  /** As {@link getMany}, of items with a `pk` each. Trouble with some of them is not that of the others, and is no rejection. */
  getSome(keys: readonly ItemKey[]): Promise<SomeItems>;
  query(query: RangeQuery): Promise<QueryPage>;
  /** At most so many of the items in an index, in no order. @param start `next` of the page before */
  scan(index: string, limit: number, start: Item | undefined): Promise<QueryPage>;
}

/** The most that one BatchGetItem takes. */
const BATCH_KEYS = 100;

export function createReads(client: DynamoClient, table: string, send: Sender, waiting: Waiting): Reads {
  const get: Reads["get"] = async (key) => {
    const command = new GetItemCommand({ TableName: table, Key: keyAttributes(key), ConsistentRead: true });
    return (await send(() => client.send(command))).Item;
  };

  async function getAlone(key: ItemKey): Promise<SomeItems> {
    try {
      const item = await get(key);
      return { items: item === undefined ? [] : [item], unread: new Set(), cause: undefined };
    } catch (cause) {
      return { items: [], unread: new Set([key.pk]), cause };
    }
  }

  async function getBatch(keys: readonly ItemKey[]): Promise<SomeItems> {
    const [only, ...others] = keys;
    if (only !== undefined && others.length === 0) return getAlone(only);
    const backoff = createBackoff(waiting);
    const items: Item[] = [];
    let open: Record<string, AttributeValue>[] = keys.map(keyAttributes);
    try {
      for (;;) {
        const command = new BatchGetItemCommand({ RequestItems: { [table]: { Keys: open, ConsistentRead: true } } });
        const { Responses, UnprocessedKeys } = await send(() => client.send(command));
        items.push(...(Responses?.[table] ?? []));
        open = UnprocessedKeys?.[table]?.Keys ?? [];
        if (open.length === 0) return { items, unread: new Set(), cause: undefined };
        if (!(await backoff())) throw new Error(`DynamoDB: ${open.length} keys were left unprocessed`);
      }
    } catch (cause) {
      return { items, unread: new Set(open.map((key) => addressOf(key).pk)), cause };
    }
  }

  async function getSome(keys: readonly ItemKey[]): Promise<SomeItems> {
    // The same key twice in a batch is refused.
    const different = [...new Map(keys.map((key) => [JSON.stringify([key.pk, key.sk]), key])).values()];
    const batches = Array.from({ length: Math.ceil(different.length / BATCH_KEYS) }, (_, index) =>
      getBatch(different.slice(index * BATCH_KEYS, (index + 1) * BATCH_KEYS)),
    );
    const got = await Promise.all(batches);
    return {
      items: got.flatMap(({ items }) => items),
      unread: new Set(got.flatMap(({ unread }) => [...unread])),
      cause: got.find(({ unread }) => unread.size > 0)?.cause,
    };
  }

  return {
    get,
    getSome,
    async getMany(keys) {
      const { items, unread, cause } = await getSome(keys);
      if (unread.size > 0) throw cause;
      return items;
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
