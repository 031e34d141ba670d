import { findOne, insertSample, NOW_MS } from "@claviger/store-conformance/samples";
import { describe, expect, it } from "vitest";
import { statement } from "../src/client/statement.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openClient } from "./clients.js";

const PREPARED = "SELECT name FROM pg_prepared_statements ORDER BY 1";

describe("named statements", () => {
  it("are prepared once a connection, under names that stand for their text", async () => {
    const { client, end } = await openClient();
    await migrate(client);
    const store = postgresStore({ client });
    const key = await insertSample(store);
    await findOne(store, key.id);
    const { rows: before } = await client.query(PREPARED);
    expect(before).toHaveLength(2);
    await findOne(postgresStore({ client }), key.id);
    await insertSample(store);
    expect((await client.query(PREPARED)).rows).toEqual(before);
    await store.list({ tenant: key.tenant, order: "newest", limit: 1, nowMs: NOW_MS });
    expect((await client.query(PREPARED)).rows).toHaveLength(3);
    await end();
  });

  it("are repeated without a name, and given up, where a pooler lost them (26000)", async () => {
    const { client, end } = await openClient();
    await migrate(client);
    const store = postgresStore({ client });
    const key = await insertSample(store);
    await findOne(store, key.id);
    await client.query("DEALLOCATE ALL");
    expect(await findOne(store, key.id)).toMatchObject({ id: key.id });
    await insertSample(store);
    expect((await client.query(PREPARED)).rows).toEqual([]);
    await end();
  });

  it("are repeated without a name, and given up, where a pooler's connection has them already (42P05)", async () => {
    const { client, end } = await openClient();
    await migrate(client);
    const texts: string[] = [];
    const spied = {
      query: (config: { text: string; values: never[]; name?: string }) => {
        texts.push(config.text);
        return client.query(config);
      },
    };
    await findOne(postgresStore({ client: spied }), "none");
    await client.query("DEALLOCATE ALL");
    await client.end();

    const other = await openClient();
    await migrate(other.client);
    await other.client.query(`PREPARE ${statement(texts[0] ?? "").name} AS SELECT 1`);
    const store = postgresStore({ client: other.client });
    expect(await findOne(store, "none")).toBeUndefined();
    await insertSample(store);
    expect((await other.client.query(PREPARED)).rows).toHaveLength(1);
    await other.end();
    await end();
  });

  it("differ where texts differ in a letter, and are no longer than PostgreSQL keeps", () => {
    const names = ["SELECT 1", "SELECT 2", "SELECT 1 ", 'SELECT "a"."b"', 'SELECT "a"."c"', ""].map(
      (text) => statement(text).name,
    );
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^claviger_[0-9a-f]{16}$/);
    // FNV-1a's published value for "foobar".
    expect(statement("foobar").name).toBe("claviger_85944171f73967e8");
  });
});
