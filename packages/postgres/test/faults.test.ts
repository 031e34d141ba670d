import { inspect } from "node:util";
import { AMPLE, changeOf, findOne, insertSample, sampleKey } from "@claviger/store-conformance/samples";
import { startPostgres } from "@claviger/testing";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openClient, openPool, openPostgresJs } from "./clients.js";

describe("trouble", () => {
  it.each([openPool, openClient, openPostgresJs])(
    "promise 5: an error that quotes the failing row or the parameters loses them on its way (%o)",
    async (open) => {
      const { client, url, end } = await open();
      await migrate(client);
      const operator = new pg.Client({ connectionString: url });
      await operator.connect();
      await operator.query("ALTER TABLE claviger.keys ADD CHECK (name <> 'unloved')");
      const store = postgresStore({ client });
      const key = sampleKey({ name: "unloved", digest: { alg: "sha256", hex: "d1".repeat(32) } });
      const error = await store.insert(key, AMPLE, changeOf(key, "key.created")).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(error).toMatchObject({ code: "23514", message: expect.stringContaining("check constraint") });
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain("d1d1");
      await operator.end();
      await end();
    },
  );

  it("close ends nothing of the caller's", async () => {
    const { client, end } = await openPool();
    await migrate(client);
    const store = postgresStore({ client });
    await store.close();
    await store.close();
    await expect(client.query("SELECT 1")).resolves.toBeDefined();
    await end();
  });
});

describe("promise 4: a server that is gone", () => {
  let pool: pg.Pool;
  let server: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    server = await startPostgres();
    pool = new pg.Pool({ connectionString: server.url });
    // Without a listener, an idle connection that is cut ends the process.
    pool.on("error", () => {});
    await migrate(pool);
  });
  afterAll(async () => {
    await pool.end();
    await server.remove();
  });

  it("is thrown by every method, whether it goes between two calls or in the middle of many, and is over when it is back", async () => {
    const store = postgresStore({ client: pool });
    const key = await insertSample(store);
    const event = changeOf(key, "key.updated");
    const query = { tenant: key.tenant, order: "newest", limit: 1, nowMs: 0 } as const;
    const charges = [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 1 }] as const;
    const acts = [
      () => store.find([key.id]),
      () => store.insert(key, AMPLE, event),
      () => store.replace(key, 1, event),
      () => store.list(query),
      () => store.consume([{ tenant: key.tenant, keyId: key.id, charges, units: 1 }], 0),
      () => store.append([{ ...event, type: "corrupt_key" }]),
    ];
    const underWay = Array.from({ length: 100 }, () => store.find([key.id]).catch((error: unknown) => error));
    await server.stop();
    for (const outcome of await Promise.all(underWay)) {
      const isAnswer = Array.isArray(outcome) && outcome[0]?.id === key.id;
      expect(isAnswer || outcome instanceof Error).toBe(true);
    }
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await server.start();
    expect(await findOne(store, key.id)).toMatchObject({ id: key.id });
  });
});
