import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { DynamoClient } from "./client.js";
import { expressionAttributes, type Placeholders } from "./expression.js";
import { type Item, type ItemKey, keyAttributes } from "./item.js";
import type { Reads } from "./reads.js";
import type { Sender } from "./sender.js";

/** What became of a conditional write. */
export type Written =
  /** `item` as it is after the write; of a removal, nothing. */
  | { readonly written: true; readonly item: Item }
  /** The condition did not hold; `current` is the item as it is now, undefined where there is none. */
  | { readonly written: false; readonly current: Item | undefined };

export interface Conditional extends Placeholders {
  /** Every write has one: without it an update makes an item where there is none, and a put takes away what is there. */
  readonly condition: string;
}

export interface Update extends Conditional {
  readonly update: string;
}

/** Each writes one item, or does not. */
export interface Writes {
  put(key: ItemKey, item: Item, conditional: Conditional): Promise<Written>;
  update(key: ItemKey, update: Update): Promise<Written>;
  remove(key: ItemKey, conditional: Conditional): Promise<Written>;
}

export function createWrites(client: DynamoClient, table: string, send: Sender, { get }: Reads): Writes {
  async function written(key: ItemKey, write: () => Promise<Item>): Promise<Written> {
    try {
      return { written: true, item: await send(write) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // Where the server says with which item the condition failed, that saves a read.
      return { written: false, current: error.Item ?? (await get(key)) };
    }
  }

  return {
    put: (key, item, conditional) =>
      written(key, async () => {
        const whole = { ...item, ...keyAttributes(key) };
        await client.send(new PutItemCommand({ TableName: table, Item: whole, ...conditionOf(conditional) }));
        return whole;
      }),
    update: (key, { update, ...conditional }) =>
      written(key, async () => {
        const command = new UpdateItemCommand({
          TableName: table,
          Key: keyAttributes(key),
          UpdateExpression: update,
          ...conditionOf(conditional, update),
          ReturnValues: "ALL_NEW",
        });
        return (await client.send(command)).Attributes ?? {};
      }),
    remove: (key, conditional) =>
      written(key, async () => {
        const command = new DeleteItemCommand({
          TableName: table,
          Key: keyAttributes(key),
          ...conditionOf(conditional),
        });
        await client.send(command);
        return {};
      }),
  };
}

function conditionOf({ condition, ...placeholders }: Conditional, update?: string) {
  return {
    ConditionExpression: condition,
    ...expressionAttributes([condition, update], placeholders),
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  } as const;
}
