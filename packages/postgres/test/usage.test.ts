import type { KeyRecord } from "@claviger/core";
import { changeOf, insertSample, NOW_MS, sampleKey } from "@claviger/store-conformance/samples";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PgClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openClient, openPool, type TestClient } from "./clients.js";
import { useOf } from "./samples.js";

describe("recordUsage", () => {
  let opened: TestClient<pg.Pool>;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
  });
  afterAll(() => opened.end());

  it("rewrites a key's row on its own page, past every index", async () => {
    const { client, end } = await openClient();
    await migrate(client);
    const store = postgresStore({ client });
    const keys: KeyRecord[] = [];
    for (let made = 0; made < 40; made += 1) keys.push(await insertSample(store));
    const countUpdates = async () => {
      // The server would tell it later otherwise.
      await client.query("SELECT pg_stat_force_next_flush()");
      const { rows } = await client.query(
        `SELECT n_tup_upd::int AS updated, n_tup_hot_upd::int AS hot FROM pg_stat_user_tables WHERE relname = 'keys'`,
      );
      return rows[0];
    };
    // Few of those on the first page, which took as many as it may: more would find room once the page is pruned, for which
    // others' transactions may have to end.
    for (const key of keys.slice(0, 3)) await store.recordUsage([useOf(key)]);
    expect(await countUpdates()).toEqual({ updated: 3, hot: 3 });
    const { rows } = await client.query(
      "SELECT pg_get_indexdef(indexrelid) AS index FROM pg_index WHERE indrelid = 'claviger.keys'::regclass",
    );
    expect(rows.filter(({ index }) => /last_used_at/.test(index))).toEqual([]);
    await end();
  });

  it("writes nothing to a key's row that was used later, nor for a use that was none", async () => {
    const store = postgresStore({ client: opened.client });
    const key = await insertSample(store);
    await store.recordUsage([useOf(key, NOW_MS)]);
    const version = async () =>
      (await opened.client.query("SELECT xmin, ctid FROM claviger.keys WHERE id = $1", [key.id])).rows;
    const before = await version();
    await store.recordUsage([{ ...useOf(key, NOW_MS - 1), sightings: [] }]);
    await store.recordUsage([{ ...useOf(key), lastUsedAt: null }]);
    const after = await version();
    // A lock alone marks the row, and leaves its version where it was.
    expect(after.map(({ ctid }) => ctid)).toEqual(before.map(({ ctid }) => ctid));
    expect(after.map(({ xmin }) => xmin)).toEqual(before.map(({ xmin }) => xmin));
  });

  it("locks keys in the order in which weeding does, so that neither waits for the other in a circle", async () => {
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
    const keys: KeyRecord[] = [];
    for (let made = 0; made < 9; made += 1) keys.push(await insertSample(store, { tenant, expiresAt: NOW_MS }));
    const added = sampleKey({ tenant });

    // Held up at the key in the middle, whoever came first has the keys before it, and the other one waits for those.
    const holder = await opened.client.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT FROM claviger.keys WHERE id = $1 FOR UPDATE", [keys[4]?.id]);
    const waiting = async (count: number) => {
      const text =
        "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
      while ((await opened.client.query(text)).rows[0]?.count < count);
    };
    const recorded = store.recordUsage(keys.toReversed().map((key) => useOf(key)));
    await waiting(1);
    const inserted = store.insert(added, { maxLive: 9, nowMs: NOW_MS }, changeOf(added, "key.created"));
    await waiting(2);
    await holder.query("COMMIT");
    holder.release();
    await recorded;
    expect(await inserted).toEqual({ outcome: "inserted" });
    // The store would have tried again after a deadlock, and nobody but PostgreSQL's log would know.
    expect(refused).toEqual([]);
  });
});
