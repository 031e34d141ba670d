import { readdirSync, readFileSync } from "node:fs";
import { type AttributeValue, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  type AuditEvent,
  type KeyUsage,
  MAX_TIME_MS,
  type OwnerRef,
  type OwnerStanding,
  type Store,
  type StoredKey,
  type TenantSettings,
  type VerifyRequest,
} from "@claviger/core";
import { findOne, insertSample } from "@claviger/store-conformance/samples";
import { createKeyring } from "claviger";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { openTable, type TestTable } from "./test-table.js";

/** What the items say, as whoever reads them shall understand it. */
interface Frozen {
  readonly verifiedAt: number;
  /** In hex, by id. */
  readonly peppers: { readonly [id: string]: string };
  /** In this order: a charge counts for those that follow. */
  readonly verdicts: readonly {
    readonly title: string;
    readonly token: string;
    readonly request: VerifyRequest;
    readonly code: string;
  }[];
  readonly keys: readonly StoredKey[];
  readonly events: readonly AuditEvent[];
  readonly usage: readonly KeyUsage[];
  readonly settings: readonly TenantSettings[];
  readonly owners: readonly (OwnerRef & OwnerStanding)[];
  readonly items: readonly Record<string, AttributeValue>[];
}

const FIXTURES = new URL("./fixtures/", import.meta.url);
const FILES = readdirSync(FIXTURES).filter((name) => /^items-v\d+\.json$/.test(name));

it("there are frozen items", () => {
  expect(FILES).toContain("items-v1.json");
});

describe.each(FILES)("promise 6: %s", (name) => {
  const frozen: Frozen = JSON.parse(readFileSync(new URL(name, FIXTURES), "utf8"));
  const peppers = Object.entries(frozen.peppers).map(([id, hex]) => ({ id, secret: Buffer.from(hex, "hex") }));

  let opened: TestTable;
  let store: Store;
  beforeAll(async () => {
    opened = await openTable("frozen");
    for (const Item of frozen.items) {
      await opened.client.send(new PutItemCommand({ TableName: opened.table, Item }));
    }
    store = dynamodbStore({ client: opened.client, table: opened.table });
  });
  afterAll(() => opened.remove());

  it("keys are found as they were, in every state", async () => {
    expect(await store.find(frozen.keys.map(({ id }) => id))).toEqual(frozen.keys);
    const states = new Set(frozen.keys.map(({ state }) => state));
    expect([...states].sort()).toEqual(["active", "compromised", "destroyed", "disabled", "revoked"]);
  });

  it("events are all met, in order, the one that still rides too", async () => {
    for (const tenant of new Set(frozen.events.map((event) => event.tenant))) {
      const { items } = await store.events({ tenant, order: "oldest", limit: 100 });
      expect(items).toEqual(frozen.events.filter((event) => event.tenant === tenant));
    }
    expect(frozen.items.filter(({ sk, event }) => sk?.S === "key" && event !== undefined)).toHaveLength(1);
  });

  it("usage, settings and suspensions are read as they were", async () => {
    for (const usage of frozen.usage) {
      const tenant = frozen.keys.find(({ id }) => id === usage.keyId)?.tenant ?? "";
      const query = { tenant, keyIds: [usage.keyId], fromAt: 0, beforeAt: MAX_TIME_MS };
      expect(await store.usage(query)).toEqual([usage]);
    }
    expect(await store.settings.get(frozen.settings.map(({ tenant }) => tenant))).toEqual(frozen.settings);
    expect(await store.owners.read(frozen.owners)).toEqual(frozen.owners.map(({ suspendedAt }) => ({ suspendedAt })));
  });

  it("tokens get the verdicts that they got, and keys can be changed and added", async () => {
    const keyring = createKeyring({ store, prefix: "acme_test", peppers, clock: () => frozen.verifiedAt });
    for (const { title, token, request, code } of frozen.verdicts) {
      const verdict = await keyring.verify(token, request);
      expect([title, verdict.ok ? "ok" : verdict.code]).toEqual([title, code]);
    }
    await keyring.flush();
    for (const key of frozen.keys) {
      if (key.state === "destroyed") continue;
      await keyring.tenant(key.tenant).delete(key.id);
      expect(await findOne(store, key.id)).toMatchObject({ state: "destroyed" });
    }
    await insertSample(store);
  });
});
