import { createTestDatabase } from "@claviger/testing";
import pg from "pg";
import postgres from "postgres";
import type { PostgresClient } from "../src/client/client.js";
import { CONNECTIONS } from "./connections.js";

/** A client of one of the drivers, on an empty database of its own. */
export interface TestClient<Client extends PostgresClient> {
  readonly client: Client;
  readonly url: string;
  /** Ends client and database. */
  end(): Promise<void>;
}

export async function openPool(settings: pg.PoolConfig = {}): Promise<TestClient<pg.Pool>> {
  const { url, drop } = await createTestDatabase();
  const client = new pg.Pool({ connectionString: url, max: CONNECTIONS, ...settings });
  return { client, url, end: () => endPool(client).then(drop) };
}

/** A pool's own `end` does not wait until its connections have ended, and dropping the database would cut them. */
export async function endPool(pool: pg.Pool): Promise<void> {
  let open = pool.totalCount;
  const ended = new Promise<void>((resolve) => {
    if (open === 0) resolve();
    pool.on("remove", () => {
      open -= 1;
      if (open === 0) resolve();
    });
  });
  await pool.end();
  await ended;
}

export async function openClient(): Promise<TestClient<pg.Client>> {
  const { url, drop } = await createTestDatabase();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return { client, url, end: () => client.end().then(drop) };
}

export async function openPostgresJs(settings: postgres.Options<never> = {}): Promise<TestClient<postgres.Sql>> {
  const { url, drop } = await createTestDatabase();
  const client = postgres(url, { max: CONNECTIONS, ...settings });
  return { client, url, end: () => client.end().then(drop) };
}
