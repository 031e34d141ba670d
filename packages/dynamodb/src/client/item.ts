import type { AttributeValue } from "@aws-sdk/client-dynamodb";

/** An item of the table as the SDK has it. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** The primary key of an item. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** What an attribute holds. Null: the item has no such attribute. */
export type Value = string | number | boolean | readonly string[] | null;

/**
 * A value as an attribute. Whole numbers up to 2^53 are exact: a number of DynamoDB has 38 decimal digits. A list, not a
 * set: a set may not be empty, and has no order.
 */
export function attribute(value: Exclude<Value, null>): AttributeValue {
  switch (typeof value) {
    case "string":
      return { S: value };
    case "number":
      return { N: String(value) };
    case "boolean":
      return { BOOL: value };
    default:
      return { L: value.map((text) => ({ S: text })) };
  }
}

/** The attributes that these values make; a null makes none. */
export function attributes(values: Readonly<Record<string, Value>>): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, attribute(value)]])),
  );
}

export function keyAttributes({ pk, sk }: ItemKey): Record<string, AttributeValue> {
  return { pk: { S: pk }, sk: { S: sk } };
}

/** The primary key of an item that was read, be it through an index. */
export function addressOf(item: Item): ItemKey {
  return { pk: textOf(item, "pk") ?? "", sk: textOf(item, "sk") ?? "" };
}

export function textOf(item: Item, name: string): string | null {
  return item[name]?.S ?? null;
}

/**
 * What a text that was written as JSON holds.
 *
 * @throws Error with where the item is, and nothing of what stands there: SyntaxError's own message would quote that
 */
export function jsonOf<Parsed>(item: Item, name: string): Parsed {
  try {
    return JSON.parse(textOf(item, name) ?? "");
  } catch {
    throw new Error(`DynamoDB: ${name} of the item ${textOf(item, "pk") ?? "without pk"} is no JSON`);
  }
}

/** NaN where something stands there that is no number: as a time, it fails closed. */
export function numberOf(item: Item, name: string): number | null {
  const value = item[name];
  return value === undefined ? null : Number(value.N ?? Number.NaN);
}

export function textsOf(item: Item, name: string): readonly string[] {
  return (item[name]?.L ?? []).flatMap((each) => (each.S === undefined ? [] : [each.S]));
}
