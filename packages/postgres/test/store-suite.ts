import { storeCases } from "@claviger/testing";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { PostgresClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import type { TableNames } from "../src/schema/tables.js";
import type { TestClient } from "./clients.js";

/** Every case of the port, through one driver's client. */
export function testStoreThrough(
  name: string,
  open: () => Promise<TestClient<PostgresClient>>,
  tables: TableNames = {},
): void {
  let opened: TestClient<PostgresClient>;
  beforeAll(async () => {
    opened = await open();
    await migrate(opened.client, tables);
  });
  afterAll(() => opened.end());
  const createStore = async () => postgresStore({ client: opened.client, ...tables }, { meterClock: "caller" });
  storeCases(`postgresStore through ${name}`, { describe, it, createStore });
}
