import type { Store } from "@claviger/core";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";
import { askedBy, type Cost, costOf } from "./explain.js";

const EVENTS = 100_000;
const KEYS = 20_000;
const PAGE_SIZE = 10;
const PLANS = ["custom", "generic"] as const;

// Tenant "large" has nine events and keys in ten; each key has five events, each transaction four, each fifth event is a note.
describe(`the feed, chains and a purge, among ${EVENTS} events of ${KEYS} keys`, () => {
  let opened: TestClient<pg.Pool>;
  let client: pg.Client;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
    const tenant = "CASE WHEN i % 10 = 0 THEN 'small ' || i / 100 ELSE 'large' END";
    await opened.client.query(`
      INSERT INTO claviger.events (id, tenant, key_id, type, actor, at, version, data, chain_hash, committed_in)
      SELECT lpad(i::text, 16, '0'), ${tenant}, lpad((i % ${KEYS})::text, 16, '0'), 'key.updated', 'system', i,
        i / ${KEYS} + 1, '{}', CASE WHEN i % 5 <> 0 THEN i::text END, (i / 400)::text::xid8
      FROM generate_series(1, ${EVENTS}) AS i;
      INSERT INTO claviger.keys (id, tenant, state, version, event_id, created_at, updated_at)
      SELECT lpad(i::text, 16, '0'), ${tenant}, CASE WHEN i % 3 = 0 THEN 'destroyed' ELSE 'active' END, 1, i::text, i, i
      FROM generate_series(1, ${KEYS}) AS i;
      INSERT INTO claviger.anchors SELECT tenant, id, 1, 'hash' FROM claviger.keys WHERE version % 2 = 1`);
    await opened.client.query("VACUUM ANALYZE claviger.events, claviger.keys, claviger.anchors");
    client = new pg.Client({ connectionString: opened.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await opened.end();
  });

  const costBy = async (act: (store: Store) => Promise<unknown>, plan: (typeof PLANS)[number]): Promise<Cost> => {
    // The stand-in gives no row, which some methods take amiss.
    const asked = await askedBy((spy) => act(postgresStore({ client: spy })).catch(() => {}));
    return costOf(client, asked, plan);
  };

  it("a page of the feed costs what it holds, wherever it lies, also where nothing is left", async () => {
    for (const plan of PLANS) {
      for (const after of [undefined, "0:1", `${EVENTS / 800}:1`, `${EVENTS / 400}:0`, "500:0"]) {
        const cost = await costBy((store) => store.feed(after, PAGE_SIZE), plan);
        const which = JSON.stringify({ plan, after, cost });
        expect(cost.rows, which).toBeLessThanOrEqual(PAGE_SIZE + 4);
        expect(cost.blocks, which).toBeLessThanOrEqual(30);
      }
    }
  });

  it("a page of chains costs what it holds, wherever it lies, deleted keys and anchors included", async () => {
    for (const plan of PLANS) {
      for (const after of ["", String(KEYS / 2).padStart(16, "0"), String(KEYS - 5).padStart(16, "0")]) {
        const cost = await costBy((store) => store.chains({ tenant: "large", after, limit: PAGE_SIZE }), plan);
        const which = JSON.stringify({ plan, after, cost });
        // A key and its anchor; a page begins and ends elsewhere in the blocks that it reads.
        expect(cost.rows, which).toBeLessThanOrEqual(2 * (PAGE_SIZE + 1) + 4);
        expect(cost.blocks, which).toBeLessThanOrEqual(10 * (PAGE_SIZE + 1));
      }
      expect(
        (await costBy((store) => store.chains({ tenant: "large", keyId: "7", limit: 1 }), plan)).blocks,
      ).toBeLessThan(10);
    }
  });

  it("a purge costs the events that it looks at, and those of their keys, however many there are besides", async () => {
    for (const plan of PLANS) {
      await client.query("BEGIN");
      const cost = await costBy(
        (store) => store.purgeEvents({ tenant: "large", beforeAt: EVENTS, limit: PAGE_SIZE }),
        plan,
      );
      await client.query("ROLLBACK");
      expect(cost.blocks, JSON.stringify({ plan, cost })).toBeLessThanOrEqual(100 * PAGE_SIZE);
    }
  });

  it("erasing costs a look-up by primary key for each event", async () => {
    const refs = Array.from({ length: PAGE_SIZE }, (_, index) => {
      const id = String(index * 1_000 + 1).padStart(16, "0");
      return { id, tenant: "large", keyId: id, at: index * 1_000 + 1 };
    });
    for (const plan of PLANS) {
      await client.query("BEGIN");
      const cost = await costBy((store) => store.eraseEvents(refs, 1), plan);
      await client.query("ROLLBACK");
      // A row on a page without room is put on another, and into every index.
      expect(cost.blocks, JSON.stringify({ plan, cost })).toBeLessThanOrEqual(60 * PAGE_SIZE);
    }
  });
});
