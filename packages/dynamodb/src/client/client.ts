import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** What the store needs of the application's `DynamoDBClient`. */
export type DynamoClient = Pick<DynamoDBClient, "send">;

export function isClient(value: unknown): value is DynamoClient {
  return typeof value === "object" && value !== null && "send" in value && typeof value.send === "function";
}
