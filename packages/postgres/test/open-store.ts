import type { Store } from "@claviger/core";
import pg from "pg";
import { postgresStore } from "../src/postgres-store.js";
import { CONNECTIONS } from "./connections.js";

/** How a process of its own opens a store over a database, in the schema that is usual. @param url of the database */
// biome-ignore lint/style/noDefaultExport: this is what the kit calls in its processes
export default function openStore(url: string): Store {
  return postgresStore({ client: new pg.Pool({ connectionString: url, max: CONNECTIONS }) });
}
