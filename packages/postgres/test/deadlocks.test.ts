import { atOnce, freshId, NOW_MS } from "@claviger/store-conformance/samples";
import { expect, it } from "vitest";
import type { PgClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool } from "./clients.js";

it("two hundred calls over overlapping sets of keys, each in an order of its own, never wait for each other in a circle", async () => {
  const { client, end } = await openPool();
  await migrate(client);
  const refused: unknown[] = [];
  const watched: PgClient = {
    query: (config) =>
      client.query(config).catch((error: unknown) => {
        refused.push(error);
        throw error;
      }),
  };
  const store = postgresStore({ client: watched });
  const charges = [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 9_999 }] as const;
  const requests = Array.from({ length: 12 }, () => ({ tenant: "t", keyId: freshId(), charges, units: 1 }));
  await atOnce(200, (worker) => {
    const rotated = [...requests.slice(worker % 12), ...requests.slice(0, worker % 12)];
    return store.consume(worker % 2 === 0 ? rotated : rotated.reverse(), NOW_MS);
  });
  // The store would have tried again after a deadlock, and nobody but PostgreSQL's log would know.
  expect(refused).toEqual([]);
  await end();
});
