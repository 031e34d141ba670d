import type { AuditEvent, ChangeEvent, NoteEvent } from "@claviger/core";
import {
  AMPLE,
  changed,
  changeOf,
  findOne,
  freshId,
  insertSample,
  NOW_MS,
  replaceSample,
  sampleKey,
  tombstoneOf,
} from "@claviger/store-conformance/samples";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";

/** As pg gives it: int8 as text. */
function rowOfEvent({ id, tenant, keyId, type, actor, at, reason, version, data, salt, chain }: AuditEvent): object {
  return {
    id,
    tenant,
    key_id: keyId,
    type,
    actor,
    at: String(at),
    reason: reason ?? null,
    version: version === undefined ? null : String(version),
    data,
    salt: salt ?? null,
    body_hash: chain?.bodyHash ?? null,
    chain_hash: chain?.hash ?? null,
  };
}

describe("what stands in the tables", () => {
  let opened: TestClient<pg.Pool>;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
  });
  afterAll(() => opened.end());

  const rowsOf = async (text: string, ...values: readonly unknown[]) =>
    (await opened.client.query(text, [...values])).rows;
  const eventsOf = (keyId: string) =>
    rowsOf(
      `SELECT id, tenant, key_id, type, actor, at, reason, version, data, salt, body_hash, chain_hash
       FROM claviger.events WHERE key_id = $1 ORDER BY position`,
      keyId,
    );

  it("promise 8: every change has its event, once, and what was refused has none", async () => {
    const store = postgresStore({ client: opened.client });
    const key = sampleKey();
    const created: ChangeEvent = {
      ...changeOf(key, "key.created"),
      data: { name: key.name, nested: [1, { a: null }] },
    };
    await store.insert(key, AMPLE, created);
    await store.insert(key, AMPLE, created);
    await store.insert(key, AMPLE, changeOf(key, "key.created"));
    const next = changed(key);
    const updated: ChangeEvent = { ...changeOf(next, "key.updated"), reason: "because\nof 🔑" };
    await store.replace(next, 1, updated);
    await store.replace(next, 1, updated);
    await store.replace(next, 1, changeOf(next, "key.updated"));
    const { version: _, chain: __, salt: ___, ...observation } = changeOf(key, "key.created");
    const observed: NoteEvent = { ...observation, type: "corrupt_key" };
    await store.append([observed, observed]);
    await store.append([observed]);
    expect(await eventsOf(key.id)).toEqual([created, updated, observed].map(rowOfEvent));

    const surplus = sampleKey({ tenant: key.tenant });
    await store.insert(surplus, { maxLive: 1, nowMs: NOW_MS }, changeOf(surplus, "key.created"));
    expect(await eventsOf(surplus.id)).toEqual([]);
  });

  it("a refused or repeated insert leaves its id in no owner's list", async () => {
    const store = postgresStore({ client: opened.client });
    const key = await insertSample(store);
    const stranger = sampleKey({ id: key.id });
    await store.insert({ ...stranger, tenant: "stranger" }, AMPLE, changeOf(stranger, "key.created"));
    await store.insert(key, AMPLE, changeOf(key, "key.created"));
    expect(await rowsOf("SELECT tenant, live FROM claviger.owners WHERE live @> ARRAY[$1]", key.id)).toEqual([
      { tenant: key.tenant, live: [key.id] },
    ]);
  });

  it("deleting leaves id, tenant, times, version, head and the mark of the cap, and nothing else of the key", async () => {
    const store = postgresStore({ client: opened.client });
    const key = await insertSample(store, {
      scopes: ["a"],
      metadata: { a: 1 },
      expiresAt: NOW_MS + 1,
      notBefore: NOW_MS,
      rotation: {
        previous: { alg: "sha256", hex: "00" },
        previousSecretVersion: 1,
        startedAt: 1,
        previousEndsAt: 2,
        previousExpiresAt: 3,
      },
    });
    await opened.client.query("UPDATE claviger.keys SET last_used_at = 5 WHERE id = $1", [key.id]);
    const tombstone = tombstoneOf(key);
    await replaceSample(store, tombstone);
    const [row] = await rowsOf("SELECT * FROM claviger.keys WHERE id = $1", key.id);
    const { event_id, ...kept } = Object.fromEntries(Object.entries(row ?? {}).filter(([, value]) => value !== null));
    expect(kept).toEqual({
      id: key.id,
      tenant: key.tenant,
      state: "destroyed",
      version: "2",
      head: tombstone.head,
      created_at: String(key.createdAt),
      updated_at: String(tombstone.updatedAt),
      weeded: false,
    });
    expect(event_id).toBeDefined();
  });

  it("no write of a key touches when it was last used", async () => {
    const store = postgresStore({ client: opened.client });
    const key = await insertSample(store);
    await opened.client.query("UPDATE claviger.keys SET last_used_at = $2 WHERE id = $1", [key.id, NOW_MS]);
    await replaceSample(store, changed(key));
    expect(await findOne(store, key.id)).toMatchObject({ version: 2, lastUsedAt: NOW_MS });
  });

  it.each([
    ["digest_hex = NULL"],
    ["digest_hex = ''"],
    ["digest_hex = 'zz'"],
    ["digest_alg = NULL"],
    ["digest_alg = 'md5'"],
    ["digest_alg = 'hmac-sha256', digest_pepper = NULL"],
  ])("a digest that was damaged (%s) is found as one that is none, and disturbs no neighbour", async (damage) => {
    const store = postgresStore({ client: opened.client });
    const [hurt, sound] = [await insertSample(store), await insertSample(store)];
    await opened.client.query(`UPDATE claviger.keys SET ${damage} WHERE id = $1`, [hurt.id]);
    const [found, neighbour] = await store.find([hurt.id, sound.id]);
    expect(neighbour).toMatchObject({ digest: sound.digest });
    if (found === undefined || found.state === "destroyed") throw new Error("the key is gone");
    expect(found.digest.hex).not.toMatch(/^[0-9a-f]{64}$/);
  });

  it("a rotation that lost its end has ended", async () => {
    const store = postgresStore({ client: opened.client });
    const previous = { alg: "sha256", hex: "0".repeat(64) } as const;
    const times = { startedAt: NOW_MS, previousEndsAt: NOW_MS + 9, previousExpiresAt: null };
    const rotation = { previous, previousSecretVersion: 1, ...times };
    const key = await insertSample(store, { rotation });
    await opened.client.query("UPDATE claviger.keys SET previous_ends_at = NULL WHERE id = $1", [key.id]);
    expect(await findOne(store, key.id)).toMatchObject({ rotation: { ...rotation, previousEndsAt: 0 } });
  });

  it("what consume refuses writes nothing to the meters", async () => {
    const store = postgresStore({ client: opened.client });
    const keyId = freshId();
    const spend = (add: number) =>
      store.consume(
        [{ tenant: "t", keyId, units: 1, charges: [{ form: "window", meter: "m", windowAt: 0, add, ceiling: 2 }] }],
        0,
      );
    await spend(1);
    const version = () => rowsOf("SELECT xmin::text, ctid::text, meters FROM claviger.meters WHERE key_id = $1", keyId);
    const before = await version();
    await spend(2);
    expect(await version()).toEqual(before.map((row) => ({ ...row })));
  });
});
