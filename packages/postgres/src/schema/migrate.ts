import { type PostgresClient, senderOf } from "../client/client.js";
import { faultOf } from "../client/fault.js";
import { knownOptions } from "./known-options.js";
import { MIGRATIONS } from "./migrations.js";
import { type TableNames, type Tables, tablesOf } from "./tables.js";

const LOCK_TIMEOUT_MS = 10_000;

/**
 * Brings the schema up to what this version of the store needs: makes it where it is missing, adds what is new, and
 * does nothing where all is there. Forward only. One statement, so one transaction, on any client: all of it or nothing
 * happens. Callers take turns; one who waits longer than ten seconds for another, or for a table that is in use, fails
 * and may try again.
 *
 * @throws TypeError a wrong option
 * @throws Error what PostgreSQL refused
 */
export async function migrate(client: PostgresClient, options: TableNames = {}): Promise<void> {
  const tables = tablesOf(knownOptions("migrate", ["schema", "tablePrefix"], options));
  const send = senderOf(client);
  try {
    await send({ text: migrationScript(tables, LOCK_TIMEOUT_MS) }, []);
  } catch (error) {
    throw faultOf(error, tables);
  }
}

/**
 * What `migrate` sends. Each statement of the block sees what was committed before it began: behind the lock, what the
 * one before us did.
 *
 * @param lockTimeoutMs how long to wait for a lock, each time
 */
export function migrationScript(tables: Tables, lockTimeoutMs: number): string {
  const steps = MIGRATIONS.map((migration, index) => {
    const version = index + 1;
    return `
  IF present < ${version} THEN
    ${migration(tables).join(";\n    ")};
    INSERT INTO ${tables.schemaVersion} (version, applied_at)
      VALUES (${version}, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint);
  END IF;`;
  });
  return `DO $migrate$
DECLARE
  present integer := 0;
BEGIN
  PERFORM set_config('lock_timeout', '${lockTimeoutMs}', true);
  PERFORM pg_advisory_xact_lock(hashtextextended('claviger migrate ${tables.schemaVersion}', 0));
  IF to_regnamespace('"${tables.schema}"') IS NULL THEN
    CREATE SCHEMA "${tables.schema}";
  END IF;
  IF to_regclass('${tables.schemaVersion}') IS NULL THEN
    CREATE TABLE ${tables.schemaVersion} (version integer PRIMARY KEY, applied_at bigint NOT NULL);
  ELSE
    SELECT coalesce(max(version), 0) INTO present FROM ${tables.schemaVersion};
  END IF;${steps.join("")}
END
$migrate$`;
}
