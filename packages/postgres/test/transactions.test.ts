import {
  AMPLE,
  changed,
  changeOf,
  findOne,
  insertSample,
  NOW_MS,
  sampleKey,
} from "@claviger/store-conformance/samples";
import pg from "pg";
import { describe, expect, it } from "vitest";
import type { PgClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { migrations } from "../src/schema/printed-migrations.js";
import { openClient, openPostgresJs } from "./clients.js";

const REFUSAL = "inside a transaction of yours";

describe("promise 1: a transaction of the application's, which might undo what has resolved", () => {
  it("on a Client makes every method throw, and touches nothing; after it all is as before", async () => {
    const { client, end } = await openClient();
    await migrate(client);
    const store = postgresStore({ client });
    const key = await insertSample(store);
    const revoked = changed(key, { state: "revoked" });
    const added = sampleKey();
    const charges = [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 1 }] as const;
    const event = changeOf(revoked, "key.revoked");
    const acts = [
      () => store.find([key.id]),
      () => store.insert(added, AMPLE, changeOf(added, "key.created")),
      () => store.replace(revoked, key.version, event),
      () => store.list({ tenant: key.tenant, order: "newest", limit: 1, nowMs: NOW_MS }),
      () => store.consume([{ tenant: key.tenant, keyId: key.id, charges, units: 1 }], NOW_MS),
      () => store.append([{ ...event, type: "corrupt_key" }]),
    ];
    await client.query("BEGIN");
    for (const act of acts) await expect(act()).rejects.toThrow(REFUSAL);
    await expect(client.query("SELECT 1 / 0")).rejects.toMatchObject({ code: "22012" });
    for (const act of acts) await expect(act()).rejects.toThrow(REFUSAL);
    await client.query("ROLLBACK");
    await client.query("BEGIN");
    await client.query("COMMIT");
    expect(await findOne(store, key.id)).toMatchObject({ state: "active" });
    for (const act of acts) await act();
    expect(await findOne(store, key.id)).toMatchObject({ state: "revoked" });
    await end();
  });

  it("is noticed where its BEGIN waits in the driver before the store's statement", async () => {
    const { client, end } = await openClient();
    await migrate(client);
    const store = postgresStore({ client });
    const key = await insertSample(store);
    const revoked = changed(key, { state: "revoked" });
    const begun = client.query("BEGIN");
    await expect(store.replace(revoked, key.version, changeOf(revoked, "key.revoked"))).rejects.toThrow(REFUSAL);
    await begun;
    await client.query("ROLLBACK");
    expect(await findOne(store, key.id)).toMatchObject({ state: "active" });
    await end();
  });

  it("of postgres.js is refused as a client", async () => {
    const { client, end } = await openPostgresJs();
    await client.begin(async (transaction) => {
      expect(() => postgresStore({ client: transaction })).toThrow(TypeError);
      expect(() => postgresStore({ client: transaction })).toThrow(/^client must be .*; got a transaction/);
      await transaction.savepoint(async (nested) => {
        expect(() => postgresStore({ client: nested })).toThrow(TypeError);
      });
    });
    await end();
  });
});

describe("migrate inside a transaction of the caller's", () => {
  it("is part of it, and leaves its lock_timeout as it was", async () => {
    const { client, end } = await openClient();
    await client.query("BEGIN; SET LOCAL lock_timeout = '7s'");
    await migrate(client);
    expect((await client.query("SHOW lock_timeout")).rows).toEqual([{ lock_timeout: "7s" }]);
    await client.query("ROLLBACK");
    expect((await client.query("SELECT to_regnamespace('claviger') AS schema")).rows).toEqual([{ schema: null }]);
    await client.query("BEGIN");
    await migrate(client);
    await client.query("COMMIT");
    expect((await client.query("SHOW lock_timeout")).rows).toEqual([{ lock_timeout: "0" }]);
    await insertSample(postgresStore({ client }));
    await end();
  });

  it("says which lock it did not get, and tries in vain but once", async () => {
    const { client, url, end } = await openClient();
    await client.query(migrations()[0]?.sql ?? "");
    const holder = new pg.Client({ connectionString: url });
    await holder.connect();
    await holder.query("BEGIN; SELECT FROM claviger.keys");
    await client.query("BEGIN");
    const texts: string[] = [];
    const watched: PgClient = {
      query: (config) => {
        texts.push(config.text);
        return client.query(config);
      },
    };
    await expect(migrate(watched)).rejects.toMatchObject({
      code: "55P03",
      message: expect.stringMatching(/"claviger".*run migrate again$/),
    });
    // The first version, the second, and the second in a transaction that its failure has ended.
    expect(texts).toHaveLength(3);
    await client.query("ROLLBACK");
    await holder.end();
    await end();
  });

  it("says why it failed, not that it ended the transaction", async () => {
    const { client, end } = await openClient();
    await client.query("CREATE SCHEMA claviger; CREATE VIEW claviger.events AS SELECT 1");
    await client.query("BEGIN");
    await expect(migrate(client)).rejects.toMatchObject({ code: "42P07" });
    await expect(migrate(client)).rejects.toMatchObject({ code: "25P02" });
    await client.query("ROLLBACK");
    await end();
  });
});
