import type { CreateTableCommandInput, KeySchemaElement } from "@aws-sdk/client-dynamodb";
import { INDEXES } from "./indexes.js";

/**
 * The table as CreateTable takes it, and as a CloudFormation template says it (docs/guides/dynamodb.md). On demand,
 * since nobody knows how much will be verified; who does may change that.
 */
export function tableDefinition(table: string): CreateTableCommandInput {
  const ordered = new Set(["pk", "sk", ...INDEXES.flatMap(({ partition, place }) => [partition, place])]);
  return {
    TableName: table,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [...ordered].map((name) => ({ AttributeName: name, AttributeType: "S" })),
    KeySchema: keySchema("pk", "sk"),
    GlobalSecondaryIndexes: INDEXES.map(({ name, partition, place, carries }) => ({
      IndexName: name,
      KeySchema: keySchema(partition, place),
      Projection:
        carries.length === 0
          ? { ProjectionType: "KEYS_ONLY" }
          : { ProjectionType: "INCLUDE", NonKeyAttributes: [...carries] },
    })),
  };
}

function keySchema(partition: string, place: string): KeySchemaElement[] {
  return [
    { AttributeName: partition, KeyType: "HASH" },
    { AttributeName: place, KeyType: "RANGE" },
  ];
}
