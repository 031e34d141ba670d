import pg from "pg";
import { postgresStore } from "../src/postgres-store.js";

// A process that has nothing to do but watch, once it hears. So it ends by itself then, unless watching keeps it.
const connectionString = process.argv[2];
const client = new pg.Pool({ connectionString, allowExitOnIdle: true });
const listening = new pg.Pool({ connectionString });
const busy = setInterval(() => {}, 1_000);
postgresStore({ client, listen: () => listening.connect() }).watch?.(({ kind }) => {
  process.stdout.write(kind);
  clearInterval(busy);
});
