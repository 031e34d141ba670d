import type { Store, StoreCapabilities } from "@claviger/core";
import { mildFaults, type StoreUnderTest, storeConformance, withFaults } from "@claviger/store-conformance";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from "vitest";
import type { PostgresClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import type { TableNames } from "../src/schema/tables.js";
import { endPool, type TestClient } from "./clients.js";
import { CONNECTIONS } from "./connections.js";

interface Ways {
  /** By whose clock `gcra` charges go; the caller's unless given. */
  readonly meterClock?: StoreCapabilities["meterClock"];
  /** Whether calls to the store are delayed, split and repeated on their way. */
  readonly badLine?: boolean;
  /** Whether others come at the same data, in this process and in four more, through pools of their own. */
  readonly shared?: boolean;
  /** Whether it hears of what others change. */
  readonly listens?: boolean;
}

/** Every case of the port, through one driver's client. */
export function testStoreThrough(
  name: string,
  open: () => Promise<TestClient<PostgresClient>>,
  tables: TableNames = {},
  { meterClock = "caller", badLine = false, shared = false, listens = false }: Ways = {},
): void {
  let opened: TestClient<PostgresClient>;
  let others: pg.Pool;
  beforeAll(async () => {
    opened = await open();
    // Connects to nothing until it is asked.
    others = new pg.Pool({ connectionString: opened.url, max: CONNECTIONS });
    await migrate(opened.client, tables);
  });
  afterAll(async () => {
    await endPool(others);
    await opened.end();
  });
  const listen = () => others.connect();
  const hearing = listens ? { listen } : {};
  const waysOfOthers = (): Omit<StoreUnderTest, "store"> => ({
    openAnother: () => postgresStore({ client: others, ...tables, ...hearing }, { meterClock }),
    process: {
      module: new URL("./open-store.ts", import.meta.url),
      argument: opened.url,
      execArgv: ["--import", "tsx", "-C", "source"],
    },
  });
  const openStore = (): Store => postgresStore({ client: opened.client, ...tables, ...hearing }, { meterClock });
  storeConformance({
    name: `postgresStore through ${name}`,
    createStore: () => ({
      store: badLine ? withFaults(openStore(), mildFaults()) : openStore(),
      ...(shared && waysOfOthers()),
    }),
    runner: { describe, it, beforeEach, afterEach },
  });
}
