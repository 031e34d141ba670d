import type { PostgresClient } from "../client/client.js";
import { codeOf, faultOf } from "../client/fault.js";
import { createRetry, GIVEN_UP } from "../client/retry.js";
import { senderOf } from "../client/sender.js";
import { knownOptions } from "./known-options.js";
import { LOCK_TIMEOUT_MS, migrationScript, VERSIONS } from "./migration-script.js";
import { type TableNames, tablesOf } from "./tables.js";

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
 * A schema that is newer, since a later release has migrated it, is left alone: a migration only adds, so that the
 * release before goes on working while the processes are replaced, and after a step back.
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
        await send({ text: migrationScript(tables, VERSIONS, LOCK_TIMEOUT_MS) }, []);
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
