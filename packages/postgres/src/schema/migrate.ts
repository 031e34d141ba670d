import type { PostgresClient } from "../client/client.js";
import { codeOf, faultOf } from "../client/fault.js";
import { createRetry, GIVEN_UP } from "../client/retry.js";
import { senderOf } from "../client/sender.js";
import { knownOptions } from "./known-options.js";
import { LOCK_TIMEOUTS, migrationScript, VERSIONS } from "./migration-script.js";
import { LOCK_NOT_AVAILABLE, patiently } from "./patiently.js";
import { type TableNames, type Tables, tablesOf } from "./tables.js";

/**
 * SQLSTATEs of one who took the lock after another had migrated, but looks at the database as it was before: so it is
 * where the default isolation is REPEATABLE READ or more. What he makes (a schema, table or column) is there already.
 */
const MADE_MEANWHILE: readonly string[] = ["42P06", "42P07", "42701", "23505"];
const TRANSACTION_ABORTED = "25P02";

/**
 * Brings the schema up to what this version of the store needs: makes it where it is missing, adds what is new, and
 * does nothing where all is there. Forward only. Each version of the schema is one statement, so one transaction, on any
 * client: all of it or nothing happens, and one that fails leaves those before it in place. Callers take turns.
 *
 * No lock on a table is waited for longer than a second at once, since every verify would wait behind it, but again and
 * again, for ten seconds in all for each version; and ten seconds for another's migration.
 *
 * Inside a transaction of the caller's it is part of that: what it locks stays locked to the end, and what it does not
 * get within a second fails.
 *
 * A schema that is newer, since a later release has migrated it, is left alone: a migration only adds, so that the
 * release before goes on working while the processes are replaced, and after a step back.
 *
 * @throws TypeError a wrong option
 * @throws Error what PostgreSQL refused; 55P03 if a table was in use, or another migrated, for too long: to be run again
 */
export async function migrate(client: PostgresClient, options: TableNames = {}): Promise<void> {
  const tables = tablesOf(knownOptions("migrate", ["schema", "tablePrefix"], options));
  const send = senderOf(client, "join");
  const retried = createRetry([...GIVEN_UP, ...MADE_MEANWHILE]);
  let refusal: unknown;
  async function attempt(text: string): Promise<void> {
    try {
      await send({ text }, []);
    } catch (error) {
      if (codeOf(error) !== TRANSACTION_ABORTED) refusal = error;
      throw error;
    }
  }
  try {
    for (const version of VERSIONS) {
      const text = migrationScript(tables, version, LOCK_TIMEOUTS);
      await patiently(() => retried(() => attempt(text)));
    }
  } catch (error) {
    // In a transaction of the caller's, which its first failure has ended, only that one says why.
    throw advised(codeOf(error) === TRANSACTION_ABORTED ? (refusal ?? error) : error, tables);
  }
}

function advised(error: unknown, tables: Tables): Error {
  const fault = faultOf(error, tables);
  if (codeOf(error) === LOCK_NOT_AVAILABLE) {
    fault.message += `; a transaction held a table in schema "${tables.schema}", or another migration ran, for longer than migrate waits: let it end (pg_locks and pg_stat_activity show it), then run migrate again`;
  }
  return fault;
}
