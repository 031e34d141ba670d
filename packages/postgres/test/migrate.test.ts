import { AMPLE, changeOf, findOne, sampleKey } from "@claviger/store-conformance/samples";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PostgresClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { migrationScript, VERSIONS } from "../src/schema/migration-script.js";
import { tablesOf } from "../src/schema/tables.js";
import { endPool, openClient, openPool, openPostgresJs, type TestClient } from "./clients.js";
import { openNeonStandIn } from "./neon-stand-in.js";
import { openPooledPool, openPooledPostgresJs } from "./pooled-clients.js";

const TABLES = [
  "anchors",
  "events",
  "keys",
  "meters",
  "owners",
  "schema_version",
  "settings",
  "sightings",
  "suspensions",
  "usage_counts",
];

describe("migrate", () => {
  let opened: TestClient<pg.Pool>;
  beforeAll(async () => {
    opened = await openPool();
  });
  afterAll(() => opened.end());

  const tableNames = async (schema: string): Promise<string[]> => {
    const { rows } = await opened.client.query(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = $1 ORDER BY 1",
      [schema],
    );
    return rows.map((row) => row.table_name);
  };
  const useStore = async (client: PostgresClient, schema: string, tablePrefix: string) => {
    const store = postgresStore({ client, schema, tablePrefix });
    const key = sampleKey();
    expect(await store.insert(key, AMPLE, changeOf(key, "key.created"))).toEqual({ outcome: "inserted" });
    return findOne(store, key.id);
  };

  it("makes what is missing, and does nothing when all is there", async () => {
    await migrate(opened.client, { schema: "twice" });
    await useStore(opened.client, "twice", "");
    await migrate(opened.client, { schema: "twice" });
    expect(await tableNames("twice")).toEqual(TABLES);
    const { rows } = await opened.client.query("SELECT version FROM twice.schema_version");
    expect(rows).toEqual(VERSIONS.map((version) => ({ version })));
    expect((await opened.client.query("SELECT count(*)::int AS count FROM twice.keys")).rows).toEqual([{ count: 1 }]);
  });

  it("four at once make one schema, 10 times of 10", async () => {
    for (let run = 0; run < 10; run += 1) {
      const schema = `at_once_${run}`;
      await Promise.all(Array.from({ length: 4 }, () => migrate(opened.client, { schema })));
      expect(await tableNames(schema)).toEqual(TABLES);
    }
  });

  it.each(["repeatable read", "serializable"])(
    "six at once make one schema where %s is the default, which hides from each what the others made",
    async (level) => {
      const other = await openPool();
      const database = new URL(other.url).pathname.slice(1);
      await other.client.query(`ALTER DATABASE ${database} SET default_transaction_isolation = '${level}'`);
      const strict = new pg.Pool({ connectionString: other.url });
      expect((await strict.query("SHOW transaction_isolation")).rows).toEqual([{ transaction_isolation: level }]);
      for (let run = 0; run < 5; run += 1) {
        const schema = `strict_${run}`;
        await Promise.all(Array.from({ length: 6 }, () => migrate(strict, { schema })));
        expect(await useStore(strict, schema, "")).toBeDefined();
      }
      await endPool(strict);
      await other.end();
    },
  );

  it("works through every driver's client, behind a pooler too, four at once", async () => {
    for (const open of [openPool, openClient, openPostgresJs, openPooledPool, openPooledPostgresJs, openNeonStandIn]) {
      const other = await open();
      await Promise.all(Array.from({ length: 4 }, () => migrate(other.client)));
      expect(await useStore(other.client, "claviger", "")).toBeDefined();
      await other.end();
    }
  });

  it("keeps stores apart that share a client: by schema, and by prefix within one schema", async () => {
    const places = [
      { schema: "shared", tablePrefix: "" },
      { schema: "shared", tablePrefix: "live_" },
      { schema: "apart", tablePrefix: "" },
    ];
    const stores = [];
    for (const place of places) {
      await migrate(opened.client, place);
      stores.push(postgresStore({ client: opened.client, ...place }));
    }
    const key = sampleKey();
    for (const store of stores) {
      expect(await findOne(store, key.id)).toBeUndefined();
      expect(await store.insert(key, AMPLE, changeOf(key, "key.created"))).toEqual({ outcome: "inserted" });
    }
  });

  it("takes names of 48 characters: every object's own name fits into 63 bytes", async () => {
    const schema = "s".repeat(48);
    const namesWith = async (tablePrefix: string): Promise<readonly string[]> => {
      await migrate(opened.client, { schema, tablePrefix });
      // Those that PostgreSQL names by itself, after a constraint or a column, it shortens by itself.
      const { rows } = await opened.client.query(
        `SELECT substr(relname, $2) AS name FROM pg_class c WHERE relnamespace = to_regnamespace($1) AND relkind IN ('r', 'i')
         AND starts_with(relname, $3) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid) ORDER BY 1`,
        [schema, tablePrefix.length + 1, tablePrefix],
      );
      return rows.map(({ name }) => name);
    };
    const short = await namesWith("a");
    expect(short).toEqual(expect.arrayContaining([...TABLES, "keys_of_owner"]));
    for (const last of "pq") expect(await namesWith(`${"p".repeat(47)}${last}`)).toEqual(short);
    for (const last of "pq") {
      expect(await useStore(opened.client, schema, `${"p".repeat(47)}${last}`)).toBeDefined();
    }
  });

  it("keeps every time as bigint, of epoch ms: no column has a type that a session's time zone or date style touches", async () => {
    await migrate(opened.client, { schema: "times" });
    const { rows } = await opened.client.query(
      `SELECT column_name, data_type FROM information_schema.columns
       WHERE table_schema = 'times' AND (column_name = 'at' OR column_name LIKE '%\\_at' OR data_type ~ 'time|date|interval')`,
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ data_type }) => data_type !== "bigint")).toEqual([]);
  });

  it("does not need the right to create schemas where the schema is there, nor any search_path", async () => {
    const role = `${new URL(opened.url).pathname.slice(1)}_clerk`;
    await opened.client.query(`CREATE SCHEMA ready; CREATE ROLE ${role} LOGIN; GRANT ALL ON SCHEMA ready TO ${role}`);
    const clerk = await openAs(opened.url, role);
    await clerk.query("SET search_path = ''");
    await migrate(clerk, { schema: "ready" });
    expect(await useStore(clerk, "ready", "")).toBeDefined();
    await expect(migrate(clerk, { schema: "not_ready" })).rejects.toMatchObject({ code: "42501" });
    await clerk.end();
    await opened.client.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  });

  it("leaves nothing behind when it fails half-way", async () => {
    await opened.client.query("CREATE SCHEMA broken; CREATE VIEW broken.events AS SELECT 1");
    await expect(migrate(opened.client, { schema: "broken" })).rejects.toMatchObject({ code: "42P07" });
    expect(await tableNames("broken")).toEqual(["events"]);
    await opened.client.query("DROP VIEW broken.events");
    await migrate(opened.client, { schema: "broken" });
    expect(await tableNames("broken")).toEqual(TABLES);
  });

  it("gives up waiting for another migration rather than hang", async () => {
    const tables = tablesOf({ schema: "slow" });
    const other = await opened.client.connect();
    await other.query("BEGIN");
    await other.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [
      `claviger migrate ${tables.schemaVersion}`,
    ]);
    const script = migrationScript(tables, 1, { turnMs: 20, tableMs: 1_000 });
    await expect(opened.client.query(script)).rejects.toMatchObject({ code: "55P03" });
    await other.query("ROLLBACK");
    other.release();
    await migrate(opened.client, { schema: "slow" });
    expect(await tableNames("slow")).toEqual(TABLES);
  });

  it("is asked for by every method that finds no tables", async () => {
    const store = postgresStore({ client: opened.client, schema: "nowhere", tablePrefix: "x_" });
    const key = sampleKey();
    const advice = 'run migrate(client, { schema: "nowhere", tablePrefix: "x_" })';
    await expect(store.find([key.id])).rejects.toThrow(advice);
    await expect(store.insert(key, AMPLE, changeOf(key, "key.created"))).rejects.toThrow(advice);
  });

  it("refuses every name that is no plain identifier, before it touches the client", async () => {
    const untouched: PostgresClient = {
      query: () => {
        throw new Error("the client was touched");
      },
    };
    const hostile = fc.oneof(
      fc.constantFrom(
        'a"; DROP SCHEMA public; --',
        "A",
        "",
        "1a",
        "a-b",
        "a b",
        "ä",
        "a\0",
        "a$migrate$",
        "a".repeat(49),
        "a\n",
      ),
      fc.constantFrom(null, 7, {}, ["a"], Symbol("a"), Number.NaN),
      fc.string({ unit: "binary" }).filter((name) => !/^[a-z_][a-z0-9_]{0,47}$/.test(name)),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (name) => {
        // What a caller in JavaScript may give.
        const schema = name as string;
        await expect(migrate(untouched, { schema })).rejects.toThrow(TypeError);
        await expect(migrate(untouched, { schema })).rejects.toThrow(/^schema must be /);
        expect(() => postgresStore({ client: untouched, schema })).toThrow(/^schema must be /);
        if (name === "") return;
        await expect(migrate(untouched, { tablePrefix: schema })).rejects.toThrow(/^tablePrefix must be /);
        expect(() => postgresStore({ client: untouched, tablePrefix: schema })).toThrow(/^tablePrefix must be /);
      }),
    );
  });
});

async function openAs(url: string, user: string): Promise<pg.Client> {
  const address = new URL(url);
  address.username = user;
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  return client;
}
