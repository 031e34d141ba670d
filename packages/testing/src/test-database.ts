import { randomUUID } from "node:crypto";
import pg from "pg";
import { BROKER_VARIABLE } from "./postgres-broker.js";

export interface TestDatabase {
  readonly url: string;
  /** Cuts whoever is still connected. */
  drop(): Promise<void>;
}

/** An empty database of the caller's own, on the server that the run shares. One a test file keeps files apart. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = await sharedServerUrl();
  const name = `claviger_test_${randomUUID().replaceAll("-", "")}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
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

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
