import { DeleteTableCommand } from "@aws-sdk/client-dynamodb";
import type { Store } from "@claviger/core";
import { createTable, dynamodbStore } from "@claviger/dynamodb";
import { memoryStore } from "@claviger/memory";
import { migrate, postgresStore } from "@claviger/postgres";
import { createTestDatabase, openDynamoClient, startDynamo } from "@claviger/testing";
import pg from "pg";
import { afterAll, beforeAll, describe } from "vitest";

export interface PostgresPlace {
  /** Once the tests run. */
  readonly pool: () => pg.Pool;
  /** A store over the database, on the caller's clock unless told otherwise. All of them share its keys. */
  readonly createStore: (meterClock?: Store["capabilities"]["meterClock"]) => Store;
}

/**
 * A migrated database of the file's own, for the tests of the suite that calls this.
 *
 * @param connections of the pool; all of them are open before the first test
 */
export function usePostgres(connections = 8): PostgresPlace {
  let drop: (() => Promise<void>) | undefined;
  let opened: pg.Pool | undefined;
  const pool = (): pg.Pool => {
    if (opened === undefined) throw new Error("the database is there once the tests run");
    return opened;
  };

  beforeAll(async () => {
    const database = await createTestDatabase();
    opened = new pg.Pool({ connectionString: database.url, max: connections });
    // The pool has ended before its connections have; the drop cuts those.
    opened.on("error", () => undefined);
    drop = database.drop;
    await migrate(opened);
    await Promise.all(Array.from({ length: connections }, () => opened?.query("SELECT 1")));
  });

  afterAll(async () => {
    await opened?.end();
    await drop?.();
  });

  return { pool, createStore: (meterClock = "caller") => postgresStore({ client: pool() }, { meterClock }) };
}

/** A table of the file's own, for the tests of the suite that calls this. */
function useDynamo(): () => Store {
  let store: Store | undefined;
  let remove: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    const server = await startDynamo();
    const client = openDynamoClient(server.endpoint);
    const table = `claviger-${crypto.randomUUID()}`;
    remove = async () => {
      await client.send(new DeleteTableCommand({ TableName: table })).catch(() => undefined);
      client.destroy();
      await server.stop();
    };
    await createTable(client, { table });
    store = dynamodbStore({ client, table });
  });

  afterAll(() => remove?.());

  return () => {
    if (store === undefined) throw new Error("the table is there once the tests run");
    return store;
  };
}

/** Declares the same tests for every store. */
export function onEachStore(declare: (createStore: () => Store) => void): void {
  describe("in memory", () => declare(memoryStore));
  describe("on PostgreSQL", () => {
    const { createStore } = usePostgres();
    declare(() => createStore());
  });
  describe("on DynamoDB", () => declare(useDynamo()));
}
