import pg from "pg";
import { expect, it } from "vitest";
import { migrate } from "../src/schema/migrate.js";
import { VERSIONS } from "../src/schema/migration-script.js";
import { migrations } from "../src/schema/printed-migrations.js";
import { openPool, type TestClient } from "./clients.js";

const KEY_BY_ID = "SELECT state FROM claviger.keys WHERE id = 'x'";

async function connect({ url }: TestClient<pg.Pool>): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Until one waits for this lock on a table. */
async function someoneWaits(client: pg.Pool, mode: string): Promise<void> {
  const text = `SELECT count(*)::int AS count FROM pg_locks
    WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND locktype = 'relation' AND mode = $1 AND NOT granted`;
  while ((await client.query(text, [mode])).rows[0]?.count === 0);
}

it("a table in use holds migrate up, and no find for as long: they go through between its attempts", async () => {
  const opened = await openPool();
  await opened.client.query(migrations()[0]?.sql ?? "");
  const holder = await connect(opened);
  await holder.query("BEGIN; SELECT FROM claviger.keys");
  let isOver = false;
  const migrating = migrate(opened.client).finally(() => {
    isOver = true;
  });
  for (let round = 0; round < 2; round += 1) {
    await someoneWaits(opened.client, "AccessExclusiveLock");
    const found = await Promise.all(Array.from({ length: 5 }, () => opened.client.query(KEY_BY_ID)));
    expect(found).toHaveLength(5);
    expect(isOver).toBe(false);
  }
  await holder.query("COMMIT");
  await migrating;
  const { rows } = await opened.client.query("SELECT version FROM claviger.schema_version ORDER BY 1");
  expect(rows).toEqual(VERSIONS.map((version) => ({ version })));
  await holder.end();
  await opened.end();
});

it("what locks the keys is over before the events are locked: no find waits while those are indexed", async () => {
  const opened = await openPool();
  await opened.client.query(migrations()[0]?.sql ?? "");
  const holder = await connect(opened);
  // Stands for the time that indexing takes: what migrate holds by then, it holds throughout.
  await holder.query("BEGIN; SELECT FROM claviger.events");
  const migrating = migrate(opened.client);
  await someoneWaits(opened.client, "AccessExclusiveLock");
  const { rows } = await opened.client.query(
    `SELECT mode FROM pg_locks WHERE relation = 'claviger.keys'::regclass AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  expect(rows).toEqual([]);
  await holder.query("COMMIT");
  await migrating;
  await holder.end();
  await opened.end();
});

it("no find waits while keys or events are indexed, whichever version does it", async () => {
  const opened = await openPool();
  const migrating = await connect(opened);
  const reading = await connect(opened);
  await reading.query("SET lock_timeout = '1ms'");
  const indexing: number[] = [];
  for (const { version, sql } of migrations()) {
    await migrating.query(`BEGIN; ${sql}`);
    // The first makes the keys, and what makes them must be committed before anyone can look for one.
    if (version > 1 && sql.includes("CREATE INDEX")) {
      indexing.push(version);
      await reading.query(KEY_BY_ID);
    }
    await migrating.query("COMMIT");
  }
  expect(indexing).toEqual([3, 5, 6]);
  await reading.end();
  await migrating.end();
  await opened.end();
});

it("no version writes a table anew that an earlier one has made", async () => {
  const opened = await openPool();
  const filesOf = async (): Promise<ReadonlyMap<string, string>> => {
    const { rows } = await opened.client.query(
      "SELECT relname, relfilenode FROM pg_class WHERE relnamespace = to_regnamespace('claviger') AND relkind = 'r'",
    );
    return new Map(rows.map(({ relname, relfilenode }) => [relname, relfilenode]));
  };
  for (const { sql } of migrations()) {
    const before = await filesOf();
    await opened.client.query(sql);
    const after = await filesOf();
    for (const [table, file] of before) expect([table, after.get(table)]).toEqual([table, file]);
  }
  await opened.end();
});
