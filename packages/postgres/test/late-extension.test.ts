import { type KeyRecord, type ListedStatus, type Store, statusAt } from "@claviger/core";
import { changed, changeOf, findOne, NOW_MS, sampleKey, tombstoneOf } from "@claviger/store-conformance/samples";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PgClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { endPool, openPool, type TestClient } from "./clients.js";

const END_MS = NOW_MS + 3_600_000;
const LATER_MS = END_MS + 3_600_000;

describe("a key's end that is put off too late", () => {
  let opened: TestClient<pg.Pool>;
  let other: pg.Pool;
  beforeAll(async () => {
    opened = await openPool();
    other = new pg.Pool({ connectionString: opened.url });
    await migrate(opened.client);
  });
  afterAll(async () => {
    await endPool(other);
    await opened.end();
  });

  const expiring = () => sampleKey({ expiresAt: END_MS });
  const insert = (store: Store, key: KeyRecord, nowMs: number) =>
    store.insert(key, { maxLive: 1, nowMs }, changeOf(key, "key.created"));
  const statusOf = async (id: string): Promise<ListedStatus | undefined> => {
    const found = await findOne(postgresStore({ client: other }), id);
    return found === undefined || found.state === "destroyed" ? undefined : statusAt(found, END_MS + 10);
  };

  it("QL-26: is a conflict once its place is given away, so the owner never holds more than the cap", async () => {
    const [one, two] = [postgresStore({ client: opened.client }), postgresStore({ client: other })];
    const key = expiring();
    expect(await insert(one, key, NOW_MS)).toEqual({ outcome: "inserted" });
    const successor = sampleKey({ tenant: key.tenant });
    expect(await insert(two, successor, END_MS + 1)).toEqual({ outcome: "inserted" });

    const extended = changed(key, { expiresAt: LATER_MS });
    const event = changeOf(extended, "key.updated");
    const current = { ...key, lastUsedAt: null };
    expect(await one.replace(extended, key.version, event)).toEqual({ outcome: "conflict", current });
    expect(await statusOf(key.id)).toBe("expired");
    expect(await statusOf(successor.id)).toBe("active");
    expect(await insert(one, sampleKey({ tenant: key.tenant }), END_MS + 20)).toEqual({ outcome: "limit_reached" });
    const { rows } = await opened.client.query("SELECT id FROM claviger.events WHERE id = $1", [event.id]);
    expect(rows).toEqual([]);
  });

  it("still lets the key be revoked, called compromised, and deleted", async () => {
    const store = postgresStore({ client: opened.client });
    const key = expiring();
    await insert(store, key, NOW_MS);
    await insert(store, sampleKey({ tenant: key.tenant }), END_MS);
    const revoked = changed(key, { state: "revoked" });
    const compromised = changed(revoked, { state: "compromised" });
    for (const next of [revoked, compromised, tombstoneOf(compromised)]) {
      const type = next.state === "destroyed" ? "key.deleted" : "key.revoked";
      expect(await store.replace(next, next.version - 1, changeOf(next, type))).toEqual({ outcome: "replaced" });
    }
  });

  it("keeps its place if it comes while an insert is about to give that away", async () => {
    const store = postgresStore({ client: opened.client });
    const key = expiring();
    await insert(store, key, NOW_MS);
    const holder = await other.connect();
    // As a plain client, since one that tells of its transaction would be refused.
    const silent: PgClient = { query: (config) => holder.query(config) };
    const extended = changed(key, { expiresAt: LATER_MS });
    await holder.query("BEGIN");
    await postgresStore({ client: silent }).replace(extended, key.version, changeOf(extended, "key.updated"));
    const late = insert(store, sampleKey({ tenant: key.tenant }), END_MS + 1);
    const countWaiting =
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while ((await other.query(countWaiting)).rows[0]?.count === 0);
    await holder.query("COMMIT");
    holder.release();
    expect(await late).toEqual({ outcome: "limit_reached" });
    expect(await statusOf(key.id)).toBe("active");
  });

  it("and inserts for owners at their cap, all at once, never wait for each other in a circle", async () => {
    const refused: unknown[] = [];
    const watched: PgClient = {
      query: (config) =>
        opened.client.query(config).catch((error: unknown) => {
          refused.push(error);
          throw error;
        }),
    };
    const store = postgresStore({ client: watched });
    const { tenant } = sampleKey();
    const cap = (nowMs: number) => ({ maxLive: 8, nowMs });
    const keys = Array.from({ length: 8 }, () => sampleKey({ tenant, expiresAt: END_MS }));
    for (const key of keys) await store.insert(key, cap(NOW_MS), changeOf(key, "key.created"));
    const extensions = keys.reverse().map((key) => {
      const extended = changed(key, { expiresAt: LATER_MS });
      return () => store.replace(extended, key.version, changeOf(extended, "key.updated"));
    });
    const inserts = Array.from({ length: 12 }, () => {
      const key = sampleKey({ tenant });
      return () => store.insert(key, cap(END_MS), changeOf(key, "key.created"));
    });
    await Promise.all(inserts.flatMap((act, index) => [act(), extensions[index]?.()]));
    expect(refused).toEqual([]);
    const { items } = await store.list({ tenant, status: "active", order: "newest", limit: 100, nowMs: END_MS });
    expect(items).toHaveLength(8);
  });
});
