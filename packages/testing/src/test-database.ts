import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { BROKER_VARIABLE } from "./postgres-broker.js";

export interface TestDatabase {
  readonly url: string;
  /** Cuts whoever is still connected, but gives those a moment that were told to go. */
  drop(): Promise<void>;
}

const LEAVING_POLL_MS = 10;
const MAX_LEAVING_POLLS = 50;

/** An empty database of the caller's own, on the server that the run shares. One a test file keeps files apart. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = await sharedServerUrl();
  const name = `claviger_test_${randomUUID().replaceAll("-", "")}`;
  await onServer(serverUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(serverUrl, (client) => dropDatabase(client, name)) };
}

/**
 * `end` of a pool resolves before the server has heard of it: whoever is cut then has an error that nobody listens for any
 * more, which fails the run.
 */
async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  for (let poll = 0; poll < MAX_LEAVING_POLLS; poll += 1) {
    const there = await client.query(
      "SELECT FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'",
      [name],
    );
    if (there.rowCount === 0) break;
    await delay(LEAVING_POLL_MS);
  }
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

async function sharedServerUrl(): Promise<string> {
  const broker = process.env[BROKER_VARIABLE];
  if (broker === undefined)
    throw new Error("no test server: run vitest with a configuration that has the global setup");
  const response = await fetch(broker);
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}

async function onServer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
