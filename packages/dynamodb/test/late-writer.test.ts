import {
  changed,
  changeOf,
  findOne,
  insertSample,
  NOW_MS,
  replaceSample,
  sampleKey,
} from "@claviger/store-conformance/samples";
import { openDynamoClient } from "@claviger/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { intercept } from "./intercept.js";
import { allItems, loggedIds } from "./raw.js";
import { openTable, type TestTable } from "./test-table.js";

const MINUTE_MS = 60_000;

describe("an insert that is slow between its two writes", () => {
  let opened: TestTable;
  beforeAll(async () => {
    opened = await openTable("late");
  });
  afterAll(() => opened.remove());

  /** An insert that has taken its place, and whose key is on its way until it is let go. */
  async function slowInsert() {
    const key = sampleKey();
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let arrive = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const client = intercept(openDynamoClient(opened.endpoint), async ({ command, input }, proceed) => {
      if (command === "PutItemCommand" && JSON.stringify(input).includes(`"key#${key.id}"`)) {
        arrive();
        await held;
      }
      return proceed();
    });
    const store = dynamodbStore({ client, table: opened.table });
    const outcome = store
      .insert(key, { maxLive: 1, nowMs: NOW_MS }, changeOf(key, "key.created"))
      .finally(() => client.destroy());
    await arrived;
    return { key, outcome, letGo };
  }

  const store = () => dynamodbStore({ client: opened.client, table: opened.table });

  async function insertBeside(tenant: string, nowMs: number) {
    const key = sampleKey({ tenant });
    return { key, ...(await store().insert(key, { maxLive: 1, nowMs }, changeOf(key, "key.created"))) };
  }

  it("keeps its place for a minute", async () => {
    const { key, outcome, letGo } = await slowInsert();
    expect(await insertBeside(key.tenant, NOW_MS + MINUTE_MS - 1)).toMatchObject({ outcome: "limit_reached" });
    letGo();
    expect(await outcome).toEqual({ outcome: "inserted" });
    expect(await findOne(store(), key.id)).toMatchObject({ id: key.id });
  });

  it("QL-26: after a minute it finds its id fenced, so that the cap holds, and leaves nothing", async () => {
    const { key, outcome, letGo } = await slowInsert();
    const other = await insertBeside(key.tenant, NOW_MS + MINUTE_MS);
    expect(other.outcome).toBe("inserted");
    letGo();
    expect(await outcome).toEqual({ outcome: "duplicate" });
    expect(await store().find([key.id, other.key.id])).toMatchObject([undefined, { id: other.key.id }]);
    const { tenant } = key;
    expect(await store().events({ tenant, keyId: key.id, order: "oldest", limit: 1 })).toEqual({ items: [] });
    expect(await insertBeside(tenant, NOW_MS + 2 * MINUTE_MS)).toMatchObject({ outcome: "limit_reached" });
  });
});

describe("a copier who stands still while others copy out, clear and purge the event", () => {
  it.each([
    ["takes it away again, which he puts back into the log", 2],
    ["leaves it, where no purge took it", 1],
  ])("%s", async (_, purgedVersions) => {
    const opened = await openTable("late-copier");
    const store = dynamodbStore({ client: opened.client, table: opened.table });
    const key = await insertSample(store);
    const next = changed(key);
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let arrive = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const client = intercept(openDynamoClient(opened.endpoint), async ({ command, input }, proceed) => {
      if (command === "PutItemCommand" && JSON.stringify(input).includes('"log#')) {
        arrive();
        await held;
      }
      return proceed();
    });
    const writing = replaceSample(dynamodbStore({ client, table: opened.table }), next);
    await arrived;
    const third = changed(next);
    await replaceSample(store, third);
    const { tenant } = key;
    const purged = await store.purgeEvents({ tenant, beforeAt: key.updatedAt + purgedVersions, limit: 10 });
    expect(purged).toEqual({ purged: purgedVersions, more: false });
    letGo();
    await writing;
    client.destroy();
    const left = loggedIds(await allItems(opened.client, opened.table));
    const { items } = await store.events({ tenant, keyId: key.id, order: "oldest", limit: 10 });
    expect(items.map(({ version }) => version)).toEqual([1, 2, 3].slice(purgedVersions));
    expect([...left].sort()).toEqual(items.map(({ id }) => id).sort());
    await opened.remove();
  });
});
