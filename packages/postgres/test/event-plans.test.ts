import type { EventQuery } from "@claviger/core";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";
import { askedBy, type Cost, costOf } from "./explain.js";

const EVENTS = 200_000;
const PAGE_SIZE = 5;
const PAGE = 10_000;
const PLANS = ["custom", "generic"] as const;

// Every event but each tenth is of tenant "large"; half of those are of key "busy". One in a hundred is of a rare actor.
const OF_LARGE = (EVENTS * 9) / 10;

describe(`events of a tenant, among ${EVENTS}`, () => {
  let opened: TestClient<pg.Pool>;
  let client: pg.Client;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
    await opened.client.query(`
      INSERT INTO claviger.events (id, tenant, key_id, owner, type, actor, at, data)
      SELECT lpad(i::text, 16, '0'), CASE WHEN i % 10 = 0 THEN 'small ' || i / 100 ELSE 'large' END,
        CASE WHEN i % 20 < 10 THEN 'busy' WHEN i % 20 < 19 THEN 'key ' || i / 100 END,
        CASE WHEN i % 20 = 19 THEN 'owner' END, CASE WHEN i % 3 = 0 THEN 'key.updated' ELSE 'key.rotated' END,
        CASE WHEN i % 100 = 1 THEN 'rare' ELSE 'system' END, i / 4, '{}'
      FROM generate_series(1, ${EVENTS}) AS i`);
    await opened.client.query("ANALYZE claviger.events");
    client = new pg.Client({ connectionString: opened.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await opened.end();
  });

  const cost = async (query: EventQuery, plan: (typeof PLANS)[number]): Promise<Cost> =>
    costOf(client, await askedBy((spy) => postgresStore({ client: spy }).events(query)), plan);

  /** Where the page before the ten thousandth ends, among so many that it is all but the last. */
  const positionIn = async (query: EventQuery, condition: string): Promise<EventQuery["after"]> => {
    const direction = query.order === "newest" ? "DESC" : "ASC";
    const { rows } = await client.query(
      `SELECT at, id FROM claviger.events WHERE tenant = 'large' AND ${condition}
       ORDER BY at ${direction}, id ${direction} OFFSET ${(PAGE - 1) * PAGE_SIZE - 1} LIMIT 1`,
    );
    return { at: Number(rows[0]?.at), id: rows[0]?.id };
  };

  const walks: readonly [string, Partial<EventQuery>, string][] = [
    ["all of them", {}, "true"],
    ["those of one key", { keyId: "busy" }, "key_id = 'busy'"],
    ["those of one type in three", { types: ["key.updated"] }, "type = 'key.updated'"],
    ["those between two times", { fromAt: 1, beforeAt: EVENTS }, "true"],
  ];
  it.each(walks)(`${PAGE} pages on, a page of %s costs what page 1 costs`, async (_, filter, condition) => {
    for (const order of ["newest", "oldest"] as const) {
      const query: EventQuery = { tenant: "large", order, limit: PAGE_SIZE, ...filter };
      const after = await positionIn(query, condition);
      for (const plan of PLANS) {
        const first = await cost(query, plan);
        const later = await cost({ ...query, ...(after !== undefined && { after }) }, plan);
        const which = JSON.stringify({ plan, query, first, later });
        // A page begins and ends elsewhere in the blocks that it reads.
        expect(later.rows, which).toBeLessThanOrEqual(first.rows + 4);
        expect(later.blocks, which).toBeLessThanOrEqual(2 * first.blocks + 8);
      }
    }
  });

  it("a page of a rare actor costs the events that lie between his, and a time bounds them", async () => {
    const rare: EventQuery = { tenant: "large", actor: "rare", order: "newest", limit: PAGE_SIZE };
    const nobody: EventQuery = { ...rare, actor: "nobody" };
    for (const plan of PLANS) {
      const { rows } = await cost(rare, plan);
      expect(rows).toBeGreaterThan(PAGE_SIZE);
      expect(rows).toBeLessThanOrEqual((PAGE_SIZE + 2) * 100);
      expect((await cost({ ...nobody, keyId: "key 7" }, plan)).rows).toBeLessThanOrEqual(100);
      expect((await cost({ ...nobody, fromAt: 1_000, beforeAt: 1_100 }, plan)).rows).toBeLessThanOrEqual(400);
      expect((await cost(nobody, plan)).rows).toBeLessThanOrEqual(OF_LARGE);
    }
  });
});
