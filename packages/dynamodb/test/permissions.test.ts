import { readFileSync } from "node:fs";
import type { Store } from "@claviger/core";
import {
  changed,
  changeOf,
  freshId,
  freshTenant,
  insertSample,
  NOW_MS,
  replaceSample,
  sampleKey,
  tombstoneOf,
} from "@claviger/store-conformance/samples";
import { openDynamoClient } from "@claviger/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { createTable } from "../src/table/create-table.js";
import { intercept } from "./intercept.js";
import { openTable, type TestTable } from "./test-table.js";

const GUIDE = new URL("../../../docs/guides/dynamodb.md", import.meta.url);

describe("the permissions that the guide lists", () => {
  let opened: TestTable;
  beforeAll(async () => {
    opened = await openTable("permissions");
  });
  afterAll(() => opened.remove());

  it("are those that the store needs, no less and no more: Scan of one index, and of an index else but Query", async () => {
    const sent = new Set<string>();
    const onIndexes = new Set<string>();
    const client = intercept(openDynamoClient(opened.endpoint), async ({ command, input }, proceed) => {
      const action = `dynamodb:${command.replace(/Command$/, "")}`;
      sent.add(action);
      const { IndexName } = Object(input);
      if (IndexName !== undefined) onIndexes.add(action);
      if (action === "dynamodb:Scan") expect(IndexName).toBe("riding");
      return proceed();
    });
    await useEverything(dynamodbStore({ client, table: opened.table }));
    client.destroy();
    expect([...sent].sort()).toEqual([...listed("store")].sort());
    expect([...onIndexes].sort()).toEqual(["dynamodb:Query", "dynamodb:Scan"]);
    expect(statements("store").find(({ Action }) => Action.includes("dynamodb:Scan"))?.Resource).toEqual(
      expect.stringMatching(/index\/riding$/),
    );
  });

  it("of createTable are its own", async () => {
    const sent = new Set<string>();
    const client = intercept(openDynamoClient(opened.endpoint), async ({ command }, proceed) => {
      sent.add(`dynamodb:${command.replace(/Command$/, "")}`);
      return proceed();
    });
    await createTable(client, { table: opened.table });
    client.destroy();
    expect([...sent].sort()).toEqual([...listed("createTable")].sort());
  });
});

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

/** The actions of a policy in the guide. */
function listed(policy: string): readonly string[] {
  return statements(policy).flatMap(({ Action }) => Action);
}

function statements(policy: string): readonly Statement[] {
  const pattern = new RegExp(`\`\`\`json policy ${policy}\\n([\\s\\S]*?)\`\`\``);
  const [, json = ""] = pattern.exec(readFileSync(GUIDE, "utf8")) ?? [];
  return [JSON.parse(json)].flat();
}

/** Every method, in every way that leads to another command. */
async function useEverything(store: Store): Promise<void> {
  const tenant = freshTenant();
  const [key, other] = [await insertSample(store, { tenant }), await insertSample(store, { tenant })];
  const surplus = sampleKey({ tenant });
  await store.insert(surplus, { maxLive: 1, nowMs: NOW_MS }, changeOf(surplus, "key.created"));
  await store.find([key.id, other.id]);
  await replaceSample(store, changed(key));
  await store.replace(changed(key), 1, changeOf(key, "key.updated"));
  const charges = [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 1 }] as const;
  await store.consume([{ tenant, keyId: other.id, units: 1, charges }], NOW_MS);
  const counts = [{ hourAt: 0, outcome: "ok", count: 1 }];
  await store.recordUsage([{ tenant, keyId: other.id, lastUsedAt: NOW_MS, counts, sightings: [] }]);
  await store.usage({ tenant, keyIds: [other.id], fromAt: 0, beforeAt: NOW_MS });
  await replaceSample(store, tombstoneOf(other));
  const { keyId: _, ...about } = changeOf(key, "key.updated");
  await store.append([{ ...changeOf(key, "key.updated"), type: "corrupt_key" }]);
  await store.events({ tenant, order: "newest", limit: 1 });
  await store.events({ tenant, keyId: key.id, order: "newest", limit: 1 });
  const { position } = await store.feed(undefined, 1);
  await store.feed(position, 100);
  await store.eraseEvents([{ tenant, keyId: key.id, id: freshId(), at: NOW_MS }], NOW_MS);
  await store.chains({ tenant, limit: 1 });
  await store.purgeEvents({ tenant, beforeAt: NOW_MS + 1, limit: 100 });
  await store.list({ tenant, order: "newest", limit: 10, nowMs: NOW_MS });
  await store.list({ tenant, owner: key.owner, order: "newest", limit: 10, nowMs: NOW_MS });
  const settings = { tenant, version: 1, updatedAt: NOW_MS, settings: {} };
  await store.settings.replace(settings, 0, { ...about, id: `${tenant} s`, type: "settings.updated" });
  await store.settings.get([tenant]);
  await store.owners.suspend({ ...about, owner: "o", id: `${tenant} o`, type: "owner.suspended" });
  await store.owners.read([{ tenant, owner: "o" }]);
}
