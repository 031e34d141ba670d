import type { StoreUnderTest } from "@claviger/store-conformance";
import { dynamodbStore } from "../src/dynamodb-store.js";
import type { TestTable } from "./test-table.js";

/** A store over a table, with the ways by which others reach it. */
export function subjectOf({ client, endpoint, table, open }: TestTable): StoreUnderTest {
  return {
    store: dynamodbStore({ client, table }),
    openAnother: () => dynamodbStore({ client: open(), table }),
    process: {
      module: new URL("./open-store.ts", import.meta.url),
      argument: JSON.stringify({ endpoint, table }),
      execArgv: ["--import", "tsx", "-C", "source"],
    },
  };
}
