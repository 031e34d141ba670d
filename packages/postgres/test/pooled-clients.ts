import { startTransactionPooler } from "@claviger/testing";
import pg from "pg";
import postgres from "postgres";
import { endPool, openPool, type TestClient } from "./clients.js";

/** Fewer than clients have to the pooler, so that they share them; more than there are cores. */
const SERVER_CONNECTIONS = 8;
const CLIENT_CONNECTIONS = 25;

/** An empty database behind a pooler that gives each transaction another connection. */
async function openPooler(): Promise<{ readonly url: string; readonly end: () => Promise<void> }> {
  const database = await openPool({ max: 1 });
  const pooler = await startTransactionPooler(database.url, SERVER_CONNECTIONS);
  return {
    url: pooler.url,
    end: async () => {
      await pooler.close();
      await database.end();
    },
  };
}

export async function openPooledPool(): Promise<TestClient<pg.Pool>> {
  const { url, end } = await openPooler();
  const client = new pg.Pool({ connectionString: url, max: CLIENT_CONNECTIONS });
  return { client, url, end: () => endPool(client).then(end) };
}

export async function openPooledPostgresJs(settings: postgres.Options<never> = {}): Promise<TestClient<postgres.Sql>> {
  const { url, end } = await openPooler();
  const client = postgres(url, { max: CLIENT_CONNECTIONS, ...settings });
  return { client, url, end: () => client.end().then(end) };
}
