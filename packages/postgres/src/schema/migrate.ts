import { type PostgresClient, senderOf } from "../client/client.js";
import { codeOf, faultOf } from "../client/fault.js";
import { createRetry, GIVEN_UP } from "../client/retry.js";
import { knownOptions } from "./known-options.js";
import { MIGRATIONS } from "./migrations.js";
import { type TableNames, type Tables, tablesOf } from "./tables.js";

const LOCK_TIMEOUT_MS = 10_000;

/**
 * SQLSTATEs of one who took the lock after another had migrated, but looks at the database as it was before: so it is
 * where the default isolation is REPEATABLE READ or more. What he makes is there already.
 */
const MADE_MEANWHILE: readonly string[] = ["42P06", "42P07", "23505"];
const TRANSACTION_ABORTED = "25P02";

/**
 * Brings the schema up to what this version of the store needs: makes it where it is missing, adds what is new, and
 * does nothing where all is there. Forward only. One statement, so one transaction, on any client: all of it or nothing
 * happens. Inside a transaction of the caller's it is part of that. Callers take turns; one who waits longer than ten
 * seconds for another, or for a table that is in use, fails and may try again.
 *
 * @throws TypeError a wrong option
 * @throws Error what PostgreSQL refused
 */
export async function migrate(client: PostgresClient, options: TableNames = {}): Promise<void> {
  const tables = tablesOf(knownOptions("migrate", ["schema", "tablePrefix"], options));
  const send = senderOf(client, "join");
  const retried = createRetry([...GIVEN_UP, ...MADE_MEANWHILE]);
  let refusal: unknown;
  try {
    await retried(async () => {
      try {
        await send({ text: migrationScript(tables, LOCK_TIMEOUT_MS) }, []);
      } catch (error) {
        // In a transaction of the caller's, which its first failure has ended, only that one says why.
        if (refusal === undefined || codeOf(error) !== TRANSACTION_ABORTED) refusal = error;
        throw refusal;
      }
    });
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
      VALUES (${version}, pg_catalog.floor(
        extract(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000
      )::bigint);
  END IF;`;
  });
  return `DO $migrate$
DECLARE
  present integer := 0;
  callers_lock_timeout text := pg_catalog.current_setting('lock_timeout');
BEGIN
  PERFORM pg_catalog.set_config('lock_timeout', '${lockTimeoutMs}', true);
  PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('claviger migrate ${tables.schemaVersion}', 0));
  IF pg_catalog.to_regnamespace('"${tables.schema}"') IS NULL THEN
    CREATE SCHEMA "${tables.schema}";
  END IF;
  IF pg_catalog.to_regclass('${tables.schemaVersion}') IS NULL THEN
    CREATE TABLE ${tables.schemaVersion} (version integer PRIMARY KEY, applied_at bigint NOT NULL);
  ELSE
    SELECT coalesce(pg_catalog.max(version), 0) INTO present FROM ${tables.schemaVersion};
  END IF;${steps.join("")}
  -- A transaction that this is only a part of would keep ours.
  PERFORM pg_catalog.set_config('lock_timeout', callers_lock_timeout, true);
END
$migrate$`;
}
