export { type DynamodbStoreOptions, dynamodbStore } from "./dynamodb-store.js";
export { createTable, type TableName } from "./table/create-table.js";
