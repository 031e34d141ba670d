import type { Store } from "@claviger/core";
import {
  AMPLE,
  changed,
  changeOf,
  findOne,
  freshTenant,
  insertSample,
  NOW_MS,
  sampleKey,
  tombstoneOf,
} from "@claviger/store-conformance/samples";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PgClient } from "../src/client/client.js";
import { createDatabase } from "../src/client/database.js";
import { prepareWeed } from "../src/keys/weed.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { tablesOf } from "../src/schema/tables.js";
import { openPool, type TestClient } from "./clients.js";
import { settingsEvent, settingsOf, suspension, usageOf, useOf } from "./samples.js";

describe("who waits for a row sees it as its holder left it", () => {
  let opened: TestClient<pg.Pool>;
  let holder: pg.Client;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
    holder = new pg.Client({ connectionString: opened.url });
    await holder.connect();
  });
  afterAll(async () => {
    await holder.end();
    await opened.end();
  });

  /** A store inside the holder's transaction, which it would refuse if the client told. */
  function heldStore(): Store {
    const silent: PgClient = { query: (config) => holder.query(config) };
    return postgresStore({ client: silent });
  }

  const countWaiting =
    "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

  async function commitOnceOneWaits(): Promise<void> {
    while ((await opened.client.query(countWaiting)).rows[0]?.count === 0);
    await holder.query("COMMIT");
  }

  /** Begins `waiting` while `held` is done but not committed, and commits once it waits. */
  async function behind<T>(held: () => Promise<unknown>, waiting: () => Promise<T>): Promise<T> {
    await holder.query("BEGIN");
    await held();
    // Both to their end, and the one that waits listened to from the start: it may fail while the commit is under way.
    const [outcome, committed] = await Promise.allSettled([waiting(), commitOnceOneWaits()]);
    if (committed.status === "rejected") throw committed.reason;
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  }

  it("insert behind another one under the same id is `duplicate`, and has left its place", async () => {
    const store = postgresStore({ client: opened.client });
    const first = sampleKey();
    const second = sampleKey({ id: first.id, tenant: "second" });
    const one = { maxLive: 1, nowMs: NOW_MS };
    const outcome = await behind(
      () => heldStore().insert(first, AMPLE, changeOf(first, "key.created")),
      () => store.insert(second, one, changeOf(second, "key.created")),
    );
    expect(outcome).toEqual({ outcome: "duplicate" });
    expect(await findOne(store, first.id)).toMatchObject({ tenant: first.tenant });
    const again = sampleKey({ tenant: "second" });
    expect(await store.insert(again, one, changeOf(again, "key.created"))).toEqual({ outcome: "inserted" });
  });

  it("insert behind a repetition of itself is `inserted`, although that took the owner's last place", async () => {
    const key = sampleKey();
    const event = changeOf(key, "key.created");
    const one = { maxLive: 1, nowMs: NOW_MS };
    const outcome = await behind(
      () => heldStore().insert(key, one, event),
      () => postgresStore({ client: opened.client }).insert(key, one, event),
    );
    expect(outcome).toEqual({ outcome: "inserted" });
  });

  it("weeding behind an insert frees the dead key's place, and not the new one's", async () => {
    const store = postgresStore({ client: opened.client });
    const dead = await insertSample(store, { expiresAt: NOW_MS });
    const added = sampleKey({ tenant: dead.tenant });
    const tables = tablesOf({});
    const weed = prepareWeed(createDatabase(opened.client, tables), tables);
    const freed = await behind(
      () => heldStore().insert(added, AMPLE, changeOf(added, "key.created")),
      () => weed(dead, NOW_MS),
    );
    expect(freed).toBe(1);
    const { rows } = await opened.client.query("SELECT live FROM claviger.owners WHERE tenant = $1", [dead.tenant]);
    expect(rows).toEqual([{ live: [added.id] }]);
  });

  const rowsLeftOf = async (keyId: string): Promise<number> => {
    const { rows } = await opened.client.query(
      `SELECT ((SELECT count(*) FROM claviger.usage_counts WHERE key_id = $1)
        + (SELECT count(*) FROM claviger.sightings WHERE key_id = $1)
        + (SELECT count(*) FROM claviger.meters WHERE key_id = $1))::int AS count`,
      [keyId],
    );
    return rows[0]?.count;
  };

  it("a deletion behind a record of first usage erases that too, which it could not see when it began", async () => {
    const store = postgresStore({ client: opened.client });
    const key = await insertSample(store);
    const gone = tombstoneOf(key);
    const outcome = await behind(
      () => heldStore().recordUsage([useOf(key)]),
      () => store.replace(gone, key.version, changeOf(gone, "key.deleted")),
    );
    expect(outcome).toEqual({ outcome: "replaced" });
    expect(await rowsLeftOf(key.id)).toBe(0);
  });

  it("a deletion that lost its connection before it erased that shows it to nobody, and repeated erases it", async () => {
    const store = postgresStore({ client: opened.client });
    const key = await insertSample(store);
    const gone = tombstoneOf(key);
    const event = changeOf(gone, "key.deleted");
    const isErasing = (text: string) => /DELETE FROM/.test(text) && !/INSERT INTO/.test(text);
    const losing: PgClient = {
      query: async (config) => {
        if (isErasing(config.text)) throw Object.assign(new Error("lost"), { code: "ECONNRESET" });
        return opened.client.query(config);
      },
    };
    const lost = behind(
      () => heldStore().recordUsage([useOf(key)]),
      () => postgresStore({ client: losing }).replace(gone, key.version, event),
    );
    await expect(lost).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(await findOne(store, key.id)).toEqual(gone);
    expect(await rowsLeftOf(key.id)).toBeGreaterThan(0);
    expect(await usageOf(store, key)).toEqual({ keyId: key.id, lastUsedAt: null, counts: [], sightings: [] });
    expect(await store.replace(gone, key.version, event)).toEqual({ outcome: "replaced" });
    expect(await rowsLeftOf(key.id)).toBe(0);
  });

  it("a record of usage behind a deletion is dropped", async () => {
    const store = postgresStore({ client: opened.client });
    const key = await insertSample(store);
    const gone = tombstoneOf(key);
    await behind(
      () => heldStore().replace(gone, key.version, changeOf(gone, "key.deleted")),
      () => store.recordUsage([useOf(key)]),
    );
    expect(await findOne(store, key.id)).toEqual(gone);
    expect(await rowsLeftOf(key.id)).toBe(0);
  });

  it("a change behind a record of usage keeps it, and a record behind a change keeps that", async () => {
    const store = postgresStore({ client: opened.client });
    const key = await insertSample(store);
    const [second, third] = [changed(key), changed(changed(key))];
    await behind(
      () => heldStore().recordUsage([useOf(key, NOW_MS)]),
      () => store.replace(second, key.version, changeOf(second, "key.updated")),
    );
    await behind(
      () => heldStore().replace(third, second.version, changeOf(third, "key.updated")),
      () => store.recordUsage([useOf(key, NOW_MS + 1)]),
    );
    expect(await findOne(store, key.id)).toEqual({ ...third, lastUsedAt: NOW_MS + 1 });
  });

  it("first settings behind others are a conflict that carries those; behind themselves they are replaced", async () => {
    const store = postgresStore({ client: opened.client });
    const settings = settingsOf(freshTenant());
    const [event, other] = [settingsEvent(settings), settingsEvent(settings)];
    const outcome = await behind(
      () => heldStore().settings.replace(settings, 0, event),
      () => Promise.all([event, other].map((each) => store.settings.replace(settings, 0, each))),
    );
    expect(outcome).toEqual([{ outcome: "replaced" }, { outcome: "conflict", current: settings }]);
  });

  it("a first suspension behind another one is unchanged; behind itself it is changed", async () => {
    const store = postgresStore({ client: opened.client });
    const key = sampleKey();
    const [event, other] = [suspension(key), suspension(key)];
    const outcome = await behind(
      () => heldStore().owners.suspend(event),
      () => Promise.all([event, other].map((each) => store.owners.suspend(each))),
    );
    expect(outcome).toEqual([{ outcome: "changed" }, { outcome: "unchanged" }]);
    expect((await store.events({ tenant: key.tenant, order: "oldest", limit: 9 })).items).toEqual([event]);
  });
});
