import { memoryStore } from "@claviger/memory";
import { migrate, postgresStore } from "@claviger/postgres";
import type { Store } from "claviger";
import pg from "pg";
import { messageOf } from "./message-of.js";

/** All that the demo touches in a database. */
export const SCHEMA = "claviger_demo";

const CONNECT_TIMEOUT_MS = 5_000;

/** Where the demo's keys are kept. */
export interface Storage {
  readonly store: Store;
  /** For the reader: `in memory`, … */
  readonly where: string;
  /** What is still there when the demo is over; absent: nothing. */
  readonly leftBehind?: string;
  close(): Promise<void>;
}

/** @param databaseUrl absent: in memory */
export async function openStorage(databaseUrl: string | undefined): Promise<Storage> {
  if (databaseUrl === undefined) return { store: memoryStore(), where: "in memory", close: async () => undefined };

  const pool = new pg.Pool({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // A connection that breaks while it is idle; the next query meets the trouble itself.
  pool.on("error", () => undefined);
  try {
    await migrate(pool, { schema: SCHEMA });
    const { rows } = await pool.query<{ name: string }>("SELECT current_database() AS name");
    return {
      store: postgresStore({ client: pool, schema: SCHEMA }),
      where: `in PostgreSQL, database “${rows[0]?.name}”, schema “${SCHEMA}”`,
      leftBehind:
        `The keys of this demo are deleted. In the database remains the schema “${SCHEMA}” with its tables: of each key\n` +
        `its tombstone (id, tenant, times, version) and its events. To remove it: DROP SCHEMA ${SCHEMA} CASCADE`,
      close: () => pool.end(),
    };
  } catch (error) {
    await pool.end();
    throw new Error(`the database that DATABASE_URL names cannot be used: ${messageOf(error)}`, { cause: error });
  }
}
