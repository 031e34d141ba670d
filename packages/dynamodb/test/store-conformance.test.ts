import { storeConformance } from "@claviger/store-conformance";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from "vitest";
import { subjectOf } from "./subject.js";
import { openTable, type TestTable } from "./test-table.js";

// Each call is several requests to a server in JavaScript, so a property is tried a quarter as often as elsewhere.
const { numRuns = 100, ...rest } = fc.readConfigureGlobal();
fc.configureGlobal({ ...rest, numRuns: Math.min(numRuns, 25) });

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
