import { insertSample } from "@claviger/store-conformance/samples";
import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { VERSIONS } from "../src/schema/migration-script.js";
import { migrations } from "../src/schema/printed-migrations.js";
import { openPool, type TestClient } from "./clients.js";

describe("migrations", () => {
  let opened: TestClient<pg.Pool>;
  let runs = 0;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client, { schema: "by_migrate", tablePrefix: "p_" });
  });
  afterAll(() => opened.end());

  const freshNames = () => {
    runs += 1;
    return { schema: `by_hand_${runs}`, tablePrefix: "p_" };
  };
  /** Every table, column, index and constraint of a schema, as PostgreSQL writes them. */
  const shapeOf = async (schema: string): Promise<readonly unknown[]> => {
    const { rows } = await opened.client.query(
      `SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, c.reloptions
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = to_regnamespace($1) AND a.attnum > 0
       UNION ALL SELECT indexname, replace(indexdef, $1 || '.', ''), '', false, NULL FROM pg_indexes WHERE schemaname = $1
       UNION ALL SELECT conname, pg_get_constraintdef(oid), '', false, NULL
         FROM pg_constraint WHERE connamespace = to_regnamespace($1)
       ORDER BY 1, 2, 3`,
      [schema],
    );
    return rows;
  };
  const versionsOf = async (schema: string): Promise<unknown[]> => {
    const { rows } = await opened.client.query(
      `SELECT version, applied_at, xmin FROM ${schema}.p_schema_version ORDER BY 1`,
    );
    return rows;
  };

  it("numbers every version from 1, without gaps", () => {
    expect(migrations().map(({ version }) => version)).toEqual(VERSIONS);
    expect(VERSIONS.length).toBeGreaterThan(1);
    expect(VERSIONS).toEqual(VERSIONS.map((_, index) => index + 1));
  });

  it("run whole, as one script, make what migrate makes, which then finds nothing to do", async () => {
    const names = freshNames();
    await opened.client.query(
      migrations(names)
        .map(({ sql }) => sql)
        .join(""),
    );
    const before = await versionsOf(names.schema);
    expect(before).toHaveLength(VERSIONS.length);
    await migrate(opened.client, names);
    expect(await versionsOf(names.schema)).toEqual(before);
    expect(await shapeOf(names.schema)).toEqual(await shapeOf("by_migrate"));
    await insertSample(postgresStore({ client: opened.client, ...names }));
  });

  it("run one by one up to any of them, and some again, leave the rest to migrate", async () => {
    const shape = await shapeOf("by_migrate");
    await fc.assert(
      fc.asyncProperty(
        fc.nat(VERSIONS.length),
        fc.boolean(),
        fc.boolean(),
        async (upTo, isRepeated, isInTransaction) => {
          const names = freshNames();
          for (const { sql } of migrations(names).slice(0, upTo)) {
            const script = isInTransaction ? `BEGIN; ${sql} COMMIT` : sql;
            await opened.client.query(script);
            if (isRepeated) await opened.client.query(script);
          }
          await migrate(opened.client, names);
          expect(await versionsOf(names.schema)).toHaveLength(VERSIONS.length);
          expect(await shapeOf(names.schema)).toEqual(shape);
          await opened.client.query(`DROP SCHEMA ${names.schema} CASCADE`);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("run at once, by four who do not know of one another, and beside migrate, make one schema", async () => {
    const names = freshNames();
    const byHand = async (): Promise<void> => {
      for (const { sql } of migrations(names)) await opened.client.query(sql);
    };
    await Promise.all([byHand(), migrate(opened.client, names), byHand(), migrate(opened.client, names)]);
    expect(await shapeOf(names.schema)).toEqual(await shapeOf("by_migrate"));
  });

  it("refuse to run before the one that they follow, and leave nothing behind", async () => {
    const names = freshNames();
    const [, second] = migrations(names);
    await expect(opened.client.query(second?.sql ?? "")).rejects.toMatchObject({
      code: "55000",
      message: expect.stringContaining("comes after version 1"),
    });
    expect(await shapeOf(names.schema)).toEqual([]);
  });

  it("refuse what migrate refuses: hostile names and unknown options", () => {
    expect(() => migrations({ schema: 'a"; DROP SCHEMA public; --' })).toThrow(/^schema must be /);
    expect(() => migrations({ tablePrefix: "$migrate$" })).toThrow(/^tablePrefix must be /);
    expect(() => Reflect.apply(migrations, undefined, [{ prefix: "x" }])).toThrow('migrations has no option "prefix"');
  });
});

it("a schema that a later release has migrated is left alone, and this one's store goes on working with it", async () => {
  const { client, end } = await openPool();
  await migrate(client);
  const later = VERSIONS.length + 1;
  await client.query(`
    ALTER TABLE claviger.keys ADD COLUMN of_later text;
    CREATE TABLE claviger.of_later ();
    INSERT INTO claviger.schema_version VALUES (${later}, 0), (${later + 1}, 0)`);
  await migrate(client);
  const { rows } = await client.query("SELECT version FROM claviger.schema_version ORDER BY 1");
  expect(rows.map(({ version }) => version)).toEqual([...VERSIONS, later, later + 1]);
  await insertSample(postgresStore({ client }));
  await end();
});
