import { afterAll, beforeAll, expect, it } from "vitest";
import { dynamodbStore } from "../../src/dynamodb-store.js";
import { openTable, type TestTable } from "../test-table.js";
import { openCrew } from "./crew.js";
import { CREDITS, killAmid } from "./kill-amid.js";
import { frozenKeyring } from "./verify-at-once.js";

const ROUNDS = 20;
const PROCESSES = 4;

let opened: TestTable;
beforeAll(async () => {
  opened = await openTable("killed-verifiers");
});
afterAll(() => opened.remove());

it(`promise 3: ${ROUNDS} times, with half of ${PROCESSES} processes killed amid their verifies: never more than the limit`, async () => {
  const keyring = frozenKeyring(dynamodbStore({ client: opened.client, table: opened.table }));
  let amid = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const crew = await openCrew(opened, PROCESSES);
    const told = await killAmid(keyring, crew);
    await Promise.all(crew.map((each) => each.kill()));
    expect(told.amid + told.afterwards).toBeLessThanOrEqual(CREDITS);
    amid += told.amid;
  }
  expect(amid).toBeGreaterThan(0);
});
