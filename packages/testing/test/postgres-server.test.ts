import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import { type PostgresServer, startPostgres } from "../src/postgres-server.js";
import { createTestDatabase } from "../src/test-database.js";

async function ask(url: string, question: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query({ text: question, rowMode: "array" });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

describe("the shared test server", () => {
  it("gives each caller an empty database of its own, which drop removes", async () => {
    const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await ask(first.url, "CREATE TABLE mark ()");
    expect(await ask(second.url, "SELECT to_regclass('mark')")).toBeNull();
    await first.drop();
    await expect(ask(first.url, "SELECT 1")).rejects.toThrow("does not exist");
    await second.drop();
  });

  it("lets who is about to leave a database do so before it is dropped, and cuts who stays", async () => {
    const database = await createTestDatabase();
    const [leaving, staying] = [database, database].map(({ url }) => new pg.Client({ connectionString: url }));
    if (leaving === undefined || staying === undefined) throw new Error("there are two");
    await Promise.all([leaving.connect(), staying.connect()]);
    const cut = new Promise<Error>((resolve) => void staying.on("error", resolve));
    const dropped = database.drop();
    await leaving.query("SELECT pg_sleep(0.05)");
    await leaving.end();
    await dropped;
    expect(await cut).toMatchObject({ code: "57P01" });
  });

  it("takes 200 connections", async () => {
    const database = await createTestDatabase();
    expect(Number(await ask(database.url, "SHOW max_connections"))).toBeGreaterThanOrEqual(200);
    await database.drop();
  });
});

describe("a server of a test's own", () => {
  let server: PostgresServer | undefined;
  afterAll(() => server?.remove());

  it("stops, comes back at the same address with its data, and is gone when removed", async () => {
    server = await startPostgres();
    await ask(server.url, "CREATE TABLE mark ()");
    await server.stop();
    await expect(ask(server.url, "SELECT 1")).rejects.toThrow("ECONNREFUSED");
    await server.start();
    expect(await ask(server.url, "SELECT to_regclass('mark')::text")).toBe("mark");
    await server.remove();
    await expect(ask(server.url, "SELECT 1")).rejects.toThrow("ECONNREFUSED");
  });
});
