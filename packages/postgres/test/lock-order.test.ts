import type { EventRef, Store } from "@claviger/core";
import { freshId, freshTenant, NOW_MS } from "@claviger/store-conformance/samples";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";

let opened: TestClient<pg.Pool>;
let holder: pg.Client;
let scanning: pg.Client;
beforeAll(async () => {
  opened = await openPool();
  await migrate(opened.client);
  holder = new pg.Client({ connectionString: opened.url });
  // Meets rows as they lie, as any plan may: an index would bring them in order by itself.
  scanning = new pg.Client({
    connectionString: opened.url,
    options: "-c enable_indexscan=off -c enable_bitmapscan=off",
  });
  for (const client of [holder, scanning]) await client.connect();
});
afterAll(async () => {
  for (const client of [holder, scanning]) await client.end();
  await opened.end();
});

const LOCK = "SELECT id FROM claviger.events WHERE id = $1 FOR UPDATE";

it.each<[string, (store: Store, refs: readonly EventRef[], tenant: string) => Promise<unknown>]>([
  ["a purge", (store, _refs, tenant) => store.purgeEvents({ tenant, beforeAt: NOW_MS + 9, limit: 9 })],
  ["an erasure", (store, refs) => store.eraseEvents(refs, NOW_MS)],
])("%s that waits for an event has locked none with an id beyond it", async (_what, act) => {
  const tenant = freshTenant();
  const [low, high] = [freshId(), freshId()];
  const refs = [high, low].map((id, index) => ({ id, tenant, at: NOW_MS + index }));
  const store = postgresStore({ client: scanning });
  for (const ref of refs) await store.append([{ ...ref, type: "key.refused", actor: "system", data: {} }]);
  await holder.query("BEGIN");
  await holder.query(LOCK, [low]);
  const acted = act(store, refs, tenant);
  const countWaiting =
    "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  while ((await opened.client.query(countWaiting)).rows[0]?.count === 0);
  try {
    expect((await opened.client.query(`${LOCK} NOWAIT`, [high])).rows).toEqual([{ id: high }]);
  } finally {
    await holder.query("COMMIT");
    await acted;
  }
});
