import { storeConformance } from "@claviger/store-conformance";
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from "vitest";
import { subjectOf } from "./subject.js";
import { openTable, type TestTable } from "./test-table.js";

let opened: TestTable;
beforeAll(async () => {
  opened = await openTable();
});
afterAll(() => opened.remove());

storeConformance({
  name: "dynamodbStore",
  createStore: () => subjectOf(opened),
  runner: { describe, it, beforeEach, afterEach },
});
