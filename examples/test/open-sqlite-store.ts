import type { StoreUnderTest } from "@claviger/store-conformance";
import initSqlJs from "sql.js";
import { createTables } from "../src/sqlite-store/create-tables.js";
import { sqliteStore } from "../src/sqlite-store/sqlite-store.js";
import { sqljsDatabase } from "../src/sqlite-store/sqljs-database.js";

const sqlite = await initSqlJs();

/** A store in a database of its own, in memory. */
export function openSqliteStore(): StoreUnderTest {
  const client = new sqlite.Database();
  const database = sqljsDatabase(client);
  createTables(database);
  return {
    store: sqliteStore(database),
    openAnother: () => sqliteStore(database),
    remove: () => client.close(),
  };
}
