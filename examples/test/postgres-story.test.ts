import { setTimeout as delay } from "node:timers/promises";
import { migrate, postgresStore } from "@claviger/postgres";
import { createTestDatabase, type TestDatabase } from "@claviger/testing";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { APIS, FRAMEWORKS } from "../src/frameworks.js";
import { play } from "./play.js";

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  await migrate(pool);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

it.each(FRAMEWORKS)("the story holds over PostgreSQL on %s", async (framework) => {
  const store = postgresStore({ client: pool });
  // The limit goes by the database's clock, so the second that the story waits is a real one.
  const { failure } = await play({ createApi: APIS[framework].create, store, clock: Date.now, wait: delay });

  expect(failure).toBeUndefined();
});
