import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTransactionPooler, type TransactionPooler } from "../src/pooler/transaction-pooler.js";
import { createTestDatabase, type TestDatabase } from "../src/test-database.js";

describe("a transaction pooler", () => {
  let database: TestDatabase;
  let pooler: TransactionPooler;
  let client: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    pooler = await startTransactionPooler(database.url, 2);
    client = new pg.Client({ connectionString: pooler.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await pooler.close();
    await database.drop();
  });

  const backend = async (): Promise<number> =>
    (await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid ?? 0;

  it("hands each transaction to another connection than the last one's, and all of one to the same", async () => {
    const [first, second] = [await backend(), await backend()];
    expect(second).not.toBe(first);
    await client.query("BEGIN");
    const inside = [await backend(), await backend()];
    await client.query("COMMIT");
    expect(inside).toEqual([first, first]);
    expect(await backend()).toBe(second);
  });

  it("loses prepared statements (26000), and meets those of others (42P05)", async () => {
    const question = { name: "lost", text: "SELECT $1::int AS one", values: [1] };
    expect((await client.query(question)).rows).toEqual([{ one: 1 }]);
    await expect(client.query(question)).rejects.toMatchObject({ code: "26000" });
    const codes = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const fresh = new pg.Client({ connectionString: pooler.url });
      await fresh.connect();
      codes.push(
        await fresh.query(question).then(
          () => "done",
          (error: { code: string }) => error.code,
        ),
      );
      await fresh.end();
    }
    expect(codes).toContain("42P05");
  });

  it("lets LISTEN succeed, and delivers nothing", async () => {
    const heard: string[] = [];
    client.on("notification", () => heard.push("behind the pooler"));
    await client.query("LISTEN channel");
    await client.query("LISTEN channel");
    const direct = new pg.Client({ connectionString: database.url });
    await direct.connect();
    await direct.query("LISTEN channel");
    const notified = new Promise<void>((resolve) => {
      direct.on("notification", () => {
        heard.push("beside it");
        resolve();
      });
    });
    await client.query("NOTIFY channel");
    await notified;
    await backend();
    await backend();
    expect(heard).toEqual(["beside it"]);
    await direct.end();
  });

  it("keeps clients apart: forty of them over two connections, some in transactions, one gone in the middle of its own", async () => {
    const pool = new pg.Pool({ connectionString: pooler.url, max: 40 });
    const gone = new pg.Client({ connectionString: pooler.url });
    gone.on("error", () => {});
    await gone.connect();
    await gone.query("BEGIN");
    await gone.query("CREATE TABLE unfinished ()");
    const answers = Array.from({ length: 40 }, async (_, index) => {
      const one = await pool.connect();
      if (index % 2 === 0) await one.query("BEGIN");
      const { rows } = await one.query("SELECT $1::int AS index, pg_sleep(0)", [index]);
      if (index % 2 === 0) await one.query("COMMIT");
      one.release();
      return rows[0]?.index;
    });
    await gone.end();
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 40 }, (_, index) => index));
    expect((await client.query("SELECT to_regclass('unfinished') AS made")).rows).toEqual([{ made: null }]);
    await pool.end();
  });

  it("refuses a size below two", async () => {
    await expect(startTransactionPooler(database.url, 1)).rejects.toThrow("size must be at least 2; got 1");
  });
});
