import { readdirSync, readFileSync } from "node:fs";
import { type AttributeValue, PutItemCommand } from "@aws-sdk/client-dynamodb";
import {
  type AuditEvent,
  type KeyChain,
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
  /** From the second format on; before, nothing was chained, and there was no feed. */
  readonly chains?: readonly (KeyChain & { readonly tenant: string })[];
  /** The ids of the events in the feed, in order. */
  readonly feed?: readonly string[];
  readonly items: readonly Record<string, AttributeValue>[];
}

const FIXTURES = new URL("./fixtures/", import.meta.url);
const FILES = readdirSync(FIXTURES).filter((name) => /^items-v\d+\.json$/.test(name));

it("there are frozen items", () => {
  expect(FILES.sort()).toEqual(["items-v1.json", "items-v2.json"]);
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
    const keys = frozen.keys.map((key) => ({ ...key, head: key.head ?? null }));
    expect(await store.find(frozen.keys.map(({ id }) => id))).toEqual(keys);
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

  it("chains begin and end where they did, and the feed tells of what it told of, and then of what still rides", async () => {
    const tenants = new Set(frozen.chains?.map(({ tenant }) => tenant));
    for (const tenant of tenants) {
      const expected = frozen.chains
        ?.filter((chain) => chain.tenant === tenant)
        .map(({ tenant: _, ...chain }) => chain);
      const found = [];
      for (let after: string | undefined, isEnd = false; !isEnd; ) {
        const { items, next } = await store.chains({ tenant, limit: 3, ...(after !== undefined && { after }) });
        found.push(...items);
        [after, isEnd] = [next, next === undefined];
      }
      expect(found.sort((a, b) => (a.keyId < b.keyId ? -1 : 1))).toEqual(expected);
    }
    const { items } = await store.feed(undefined, 100);
    expect(items.map(({ id }) => id)).toEqual(frozen.feed ?? []);
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
