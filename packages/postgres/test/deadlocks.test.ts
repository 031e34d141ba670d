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

it("promise 3: fifty workers over overlapping keys, owners and tenants, charges and refunds, wait in no circle", async () => {
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
  const charge = (ceiling: number) => [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling }] as const;
  const requests = Array.from({ length: 12 }, (_, index) => ({
    tenant: `t${index % 2}`,
    keyId: freshId(),
    charges: charge(9_999),
    ...(index % 3 > 0 && { shared: { owner: `o${index % 4}`, ofOwner: charge(9_999), ofTenant: charge(400) } }),
    units: 1,
  }));
  const refunds = [{ form: "window", meter: "m", windowAt: 0, sub: 1 }] as const;
  const admitted = await atOnce(50, async (worker) => {
    const rotated = [...requests.slice(worker % 12), ...requests.slice(0, worker % 12)];
    const some = worker % 2 === 0 ? rotated : rotated.reverse();
    const results = await store.consume(some, NOW_MS);
    if (worker % 5 === 0) await store.refund(some.map(({ tenant, keyId }) => ({ tenant, keyId, refunds })));
    return some.filter(({ shared }, index) => shared !== undefined && results[index]?.admitted === 1).length;
  });
  expect(refused).toEqual([]);
  expect(admitted.reduce((sum, each) => sum + each, 0)).toBe(50 * requests.filter(({ shared }) => shared).length);
  await end();
});
