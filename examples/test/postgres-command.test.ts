import { createTestDatabase, type TestDatabase } from "@claviger/testing";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SCHEMA } from "../src/demo/storage.js";
import { startDemo } from "./demo-process.js";

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe("DATABASE_URL=… npm run demo", () => {
  it("plays the story, ends with 0, and leaves behind what it says: one schema, and no key that is not deleted", async () => {
    const { exitCode, stdout, stderr } = await startDemo([], { DATABASE_URL: database.url }).ended;

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("Every step was as promised.");
    expect(stdout).toContain(`DROP SCHEMA ${SCHEMA} CASCADE`);
    expect(stdout).not.toContain("\x1b");
    expect(await schemas()).toEqual([SCHEMA]);
    expect(await keyStates()).toEqual(["destroyed"]);
  });

  it("deletes its keys when it is interrupted, and ends with 130", async () => {
    const demo = startDemo([], { DATABASE_URL: database.url });
    await demo.outputWith("waiting for");
    demo.child.kill("SIGINT");
    const { exitCode, stdout } = await demo.ended;

    expect(exitCode).toBe(130);
    expect(stdout).not.toContain("Every step was as promised.");
    expect(await keyStates()).toEqual(["destroyed"]);
  });
});

async function schemas(): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT nspname AS name FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'public')",
  );
  return rows.map(({ name }) => name);
}

async function keyStates(): Promise<readonly string[]> {
  const { rows } = await pool.query<{ state: string }>(`SELECT DISTINCT state FROM ${SCHEMA}.keys`);
  return rows.map(({ state }) => state);
}
