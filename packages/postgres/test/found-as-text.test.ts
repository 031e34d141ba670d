import type { Limit, Metadata, Store, StoredKey } from "@claviger/core";
import {
  findOne,
  freshTenant,
  insertSample,
  NOW_MS,
  replaceSample,
  tombstoneOf,
} from "@claviger/store-conformance/samples";
import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PgClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";

/** What stands between cells, what stands in arrays, and what JSON writes otherwise. */
const text = fc
  .array(fc.constantFrom("\u001f", "\u001e", "{", "}", ",", '"', "\\", "NULL", "a", "é", "😀", " ", "\n"), {
    minLength: 1,
  })
  .map((parts) => parts.join(""));
const limit = fc.record({ name: fc.constantFrom("a", "b"), kind: fc.constant("credits"), limit: fc.nat() });
const ROTATING = {
  previous: { alg: "hmac-sha256", pepperId: "p", hex: "0".repeat(64) },
  previousSecretVersion: 1,
  startedAt: NOW_MS,
  previousEndsAt: NOW_MS + 9,
  previousExpiresAt: null,
} as const;
const rotation = fc.constantFrom(null, ROTATING);

describe("keys that are found as texts", () => {
  let opened: TestClient<pg.Pool>;
  let store: Store;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
    store = postgresStore({ client: opened.client });
  });
  afterAll(() => opened.end());

  /** As JSON tells it, which is how lists are read. */
  async function listed(tenant: string): Promise<StoredKey | undefined> {
    const { items } = await store.list({ tenant, nowMs: NOW_MS, order: "newest", limit: 100 });
    return items[0];
  }

  it("are what was put in, whatever their names hold", async () => {
    await fc.assert(
      fc.asyncProperty(text, text, fc.dictionary(text, text), fc.array(limit), rotation, async (...drawn) => {
        const [name, owner, metadata, limits, rotating] = drawn;
        const tenant = freshTenant();
        const given: { metadata: Metadata; limits: readonly Limit[] } = { metadata, limits };
        const key = await insertSample(store, { tenant, name, owner, createdBy: name, rotation: rotating, ...given });
        const alone = await findOne(store, key.id);
        const [beside] = await store.find([key.id, "no key"]);
        const [ofTenant] = await store.find([key.id], tenant);
        expect(alone).toEqual({ ...key, lastUsedAt: null });
        expect([beside, ofTenant, await listed(tenant)]).toEqual([alone, alone, alone]);
      }),
    );
  });

  it.each([
    "scopes = ARRAY['a:b', NULL]",
    "scopes = ARRAY['a b', 'c,d', 'null', 'NULL', '']",
    "scopes = '{}'",
    "scopes = ARRAY[['a:b', 'admin:all', 'c:d']]",
    "scopes = NULL",
    "owner = NULL",
    "name = ''",
    "created_by = NULL",
    "limits = 'null'",
    "limits = NULL",
    'metadata = \'{"a":"\\u001f"}\'',
    "restrictions = NULL",
    "digest_pepper = ''",
    "secret_version = NULL",
    "rotation_started_at = 5",
    "rotation_started_at = 0, previous_alg = 'hmac-sha256', previous_pepper = 'p', previous_ends_at = 0",
    "previous_alg = 'sha256', previous_hex = 'ab'",
  ])("are what a list shows, though their row was damaged by %s", async (damage) => {
    const tenant = freshTenant();
    const key = await insertSample(store, { tenant });
    await opened.client.query(`UPDATE claviger.keys SET ${damage} WHERE id = $1`, [key.id]);
    expect(await findOne(store, key.id)).toEqual(await listed(tenant));
  });

  it.each([
    ["one statement", 1, { name: "A key", rotation: null }],
    ["one statement between two secrets", 1, { name: "A key", rotation: ROTATING }],
    ["two statements where a name holds the separator", 2, { name: "\u001f", rotation: null }],
  ])("take %s", async (_, statements, given) => {
    const key = await insertSample(store, given);
    let asked = 0;
    const spy: PgClient = {
      query: (config) => {
        asked += 1;
        return opened.client.query(config);
      },
    };
    for (const ids of [[key.id], [key.id, "no key"]]) {
      asked = 0;
      expect((await postgresStore({ client: spy }).find(ids))[0]).toEqual({ ...key, lastUsedAt: null });
      expect(asked).toBe(statements);
    }
  });

  it("are tombstones once they are deleted", async () => {
    const key = await insertSample(store, { name: "\u001f", tenant: `\u001f${freshTenant()}` });
    const tombstone = tombstoneOf(key);
    await replaceSample(store, tombstone);
    expect(await findOne(store, key.id)).toEqual(tombstone);
  });
});
