import type { AttributeValue } from "@aws-sdk/client-dynamodb";

/** What the placeholders of an expression stand for. */
export interface Placeholders {
  /** By placeholder, `:version`. More may be given than an expression uses. */
  readonly values?: Readonly<Record<string, AttributeValue>>;
  /** By placeholder, `#id`, where that is not the attribute's name: by itself `#version` stands for `version`. */
  readonly names?: Readonly<Record<string, string>>;
}

interface ExpressionAttributes {
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, AttributeValue>;
}

/**
 * Names and values for expressions, exactly those that they use: DynamoDB refuses more. Every attribute is a placeholder,
 * since hundreds of plain names (`name`, `owner`, `state`, …) are reserved words.
 */
export function expressionAttributes(
  expressions: readonly (string | undefined)[],
  { values = {}, names = {} }: Placeholders,
): ExpressionAttributes {
  const text = expressions.join(" ");
  const usedNames = placeholdersIn(text, /#\w+/g).map((name) => [name, names[name] ?? name.slice(1)]);
  const usedValues = placeholdersIn(text, /:\w+/g).map((name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`an expression uses ${name}, which is not given`);
    return [name, value];
  });
  return {
    ...(usedNames.length > 0 && { ExpressionAttributeNames: Object.fromEntries(usedNames) }),
    ...(usedValues.length > 0 && { ExpressionAttributeValues: Object.fromEntries(usedValues) }),
  };
}

function placeholdersIn(text: string, pattern: RegExp): string[] {
  return [...new Set(text.match(pattern) ?? [])];
}
