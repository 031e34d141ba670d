import {
  AMPLE,
  atOnce,
  changed,
  changeOf,
  countOf,
  freshId,
  insertSample,
  NOW_MS,
  sampleKey,
} from "@claviger/store-conformance/samples";
import pg from "pg";
import { describe, expect, it } from "vitest";
import type { PgClient } from "../src/client/client.js";
import { codeOf } from "../src/client/fault.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { endPool, openPool } from "./clients.js";

const CONNECTIONS = 20;
const WINDOW = { form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 60 } as const;

/** A client that notes what its questions were refused with. */
function noting(client: PgClient, refused: unknown[]): PgClient {
  return {
    query: (config) =>
      client.query(config).catch((error: unknown) => {
        refused.push(codeOf(error));
        throw error;
      }),
  };
}

const lockWaits =
  "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

async function untilSomeoneWaits(client: pg.Pool): Promise<void> {
  while ((await client.query(lockWaits)).rows[0]?.count === 0);
}

describe.each(["repeatable read", "serializable"])("twenty connections whose default is %s", (level) => {
  it("fight for one row; PostgreSQL gives some up (40001), the store does those again, and no caller learns of it", async () => {
    const { client, end } = await openPool({
      max: CONNECTIONS,
      options: `-c default_transaction_isolation=${level.replace(" ", "\\ ")}`,
    });
    await migrate(client);
    const refused: unknown[] = [];
    const store = postgresStore({ client: noting(client, refused) }, { meterClock: "caller" });

    const request = { tenant: "t", keyId: freshId(), charges: [WINDOW], units: 1 };
    const consumed = await atOnce(100, () => store.consume([request], NOW_MS));
    expect(consumed.flat().reduce((sum, { admitted }) => sum + admitted, 0)).toBe(60);

    const inserted = await atOnce(CONNECTIONS, () => {
      const key = sampleKey({ tenant: "capped" });
      return store.insert(key, { ...AMPLE, maxLive: 5 }, changeOf(key, "key.created"));
    });
    expect(countOf(inserted, "inserted")).toBe(5);
    expect(countOf(inserted, "limit_reached")).toBe(CONNECTIONS - 5);

    const key = await insertSample(store);
    const replaced = await atOnce(CONNECTIONS, () =>
      store.replace(changed(key), key.version, changeOf(key, "key.updated")),
    );
    expect(countOf(replaced, "replaced")).toBe(1);
    expect(countOf(replaced, "conflict")).toBe(CONNECTIONS - 1);
    expect(refused).toContain("40001");
    await end();
  });
});

it("a deadlock with a transaction of the application's, which costs the store its statement (40P01), costs no caller his act", async () => {
  // Whoever looks first finds the circle and is given up: the store's side, which waited first.
  const { client, url, end } = await openPool({ options: "-c deadlock_timeout=1s" });
  const others = new pg.Pool({ connectionString: url, options: "-c deadlock_timeout=1h" });
  await migrate(client);
  const refused: unknown[] = [];
  const store = postgresStore({ client: noting(client, refused) });
  const [first, second] = [freshId(), freshId()];
  const requests = [first, second].map((keyId) => ({ tenant: "t", keyId, charges: [WINDOW], units: 1 }));
  await store.consume(requests, NOW_MS);

  const other = await others.connect();
  const lock = "SELECT FROM claviger.meters WHERE key_id = $1 FOR UPDATE";
  await other.query("BEGIN");
  await other.query(lock, [second]);
  const consuming = store.consume(requests, NOW_MS);
  await untilSomeoneWaits(others);
  await other.query(lock, [first]);
  await other.query("COMMIT");
  other.release();

  expect(await consuming).toMatchObject([
    { admitted: 1, meters: [{ used: 2 }] },
    { admitted: 1, meters: [{ used: 2 }] },
  ]);
  expect(refused).toEqual(["40P01"]);
  await endPool(others);
  await end();
});

describe("a statement that the application's own settings cut off", () => {
  it.each([
    ["statement_timeout", "57014"],
    ["lock_timeout", "55P03"],
  ])("by %s reaches the caller as a fault (%s), at once, and has done nothing", async (setting, code) => {
    const { client, url, end } = await openPool({ options: `-c ${setting}=50ms` });
    const others = new pg.Pool({ connectionString: url });
    await migrate(others);
    const refused: unknown[] = [];
    const store = postgresStore({ client: noting(client, refused) });
    const key = await insertSample(postgresStore({ client: others }));
    const other = await others.connect();
    await other.query("BEGIN");
    await other.query("SELECT FROM claviger.keys WHERE id = $1 FOR UPDATE", [key.id]);
    const next = changed(key, { state: "revoked" });
    const event = changeOf(next, "key.revoked");
    await expect(store.replace(next, key.version, event)).rejects.toMatchObject({ code });
    expect(refused).toEqual([code]);
    await other.query("COMMIT");
    other.release();
    const { rows } = await others.query(
      "SELECT state, (SELECT count(*)::int FROM claviger.events WHERE id = $2) AS events FROM claviger.keys WHERE id = $1",
      [key.id, event.id],
    );
    expect(rows).toEqual([{ state: "active", events: 0 }]);
    await endPool(others);
    await end();
  });
});
