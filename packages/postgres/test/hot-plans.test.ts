import type { Charge, Store } from "@claviger/core";
import { NOW_MS } from "@claviger/store-conformance/samples";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";
import { askedBy, costOf } from "./explain.js";

const KEYS = 100_000;
const SEVERAL = 16;

describe(`what verifies ask, among ${KEYS} keys and as many rows of meters`, () => {
  let opened: TestClient<pg.Pool>;
  let client: pg.Client;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
    await opened.client.query(`
      INSERT INTO claviger.keys (id, tenant, state, version, event_id, created_at, updated_at)
      SELECT lpad(i::text, 16, '0'), 't', 'destroyed', 1, i::text, i, i FROM generate_series(1, ${KEYS}) AS i;
      INSERT INTO claviger.meters (key_id, tenant, meters)
      SELECT id, tenant, '{"m": [0, 1]}' FROM claviger.keys`);
    await opened.client.query("VACUUM ANALYZE claviger.keys, claviger.meters");
    client = new pg.Client({ connectionString: opened.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await opened.end();
  });

  const ids = Array.from({ length: SEVERAL }, (_, index) => String(1 + index * 6_000).padStart(16, "0"));
  const charges: readonly Charge[] = [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 9 }];
  const two: readonly Charge[] = [...charges, { form: "gcra", meter: "g", floorUs: 0, addUs: 1, ceilingUs: 9 }];
  const requests = ids.map((keyId) => ({ tenant: "t", keyId, charges, units: 1 }));
  const shared = { owner: "o", ofOwner: charges, ofTenant: charges };
  const refunds = [{ form: "window", meter: "m", windowAt: 0, sub: 1 }] as const;

  it.each<[string, number, (store: Store) => Promise<unknown>]>([
    ["one key", 1, (store) => store.find(ids.slice(0, 1))],
    ["several keys", SEVERAL, (store) => store.find(ids)],
    ["a charge", 1, (store) => store.consume(requests.slice(0, 1), NOW_MS)],
    ["charges of several keys", SEVERAL, (store) => store.consume(requests, NOW_MS)],
    [
      "several charges of each key",
      SEVERAL,
      (store) =>
        store.consume(
          requests.map((request) => ({ ...request, charges: two })),
          NOW_MS,
        ),
    ],
    [
      "charges on shared meters",
      SEVERAL + 2,
      (store) =>
        store.consume(
          requests.map((request) => ({ ...request, shared })),
          NOW_MS,
        ),
    ],
    [
      "a look",
      SEVERAL,
      (store) =>
        store.consume(
          requests.map((request) => ({ ...request, units: 0 })),
          NOW_MS,
        ),
    ],
    ["a refund", SEVERAL, (store) => store.refund(ids.map((keyId) => ({ tenant: "t", keyId, refunds })))],
  ])("%s: each row is looked up by its primary key, however the statement is planned", async (_, rows, act) => {
    const asked = await askedBy((spy) => act(postgresStore({ client: spy })).catch(() => {}));
    for (const plan of ["custom", "generic"] as const) {
      const { blocks } = await costOf(client, asked, plan);
      // Three levels of the index and the row, to lock it and to write it, and the page that a new version goes to.
      expect(blocks, plan).toBeLessThanOrEqual(rows * 16 + 10);
    }
  });
});
