import type { Tables } from "../schema/tables.js";
import type { PostgresClient, SqlValue } from "./client.js";
import { codeOf, faultOf } from "./fault.js";
import { createRetry, GIVEN_UP } from "./retry.js";
import { senderOf } from "./sender.js";
import type { Statement } from "./statement.js";

/** Where the store's statements run, one at a time, each a transaction of its own. */
export interface Database {
  /**
   * Runs a statement, again if PostgreSQL gave it up for another's sake.
   *
   * @throws Error with the SQLSTATE or the connection's trouble as `code`, and nothing of row or parameters
   */
  run<Row>(statement: Statement<Row>, values: readonly SqlValue[]): Promise<readonly Row[]>;
}

/**
 * SQLSTATEs by which a prepared statement did not run: unknown, or known as another. A pooler that moves clients between
 * connections causes either.
 */
const NAME_TROUBLE: readonly string[] = ["26000", "42P05"];

export function createDatabase(client: PostgresClient, tables: Tables): Database {
  const send = senderOf(client, "refuse");
  const retried = createRetry(GIVEN_UP);
  let named = true;

  function sendNamed(
    { name, text }: Pick<Statement<unknown>, "name" | "text">,
    values: readonly SqlValue[],
  ): Promise<readonly unknown[]> {
    if (!named) return send({ text }, values);
    return send({ name, text }, values).catch((error: unknown) => {
      if (!NAME_TROUBLE.includes(codeOf(error) ?? "")) throw error;
      named = false;
      return send({ text }, values);
    });
  }

  return {
    async run<Row>(statement: Statement<Row>, values: readonly SqlValue[]): Promise<readonly Row[]> {
      try {
        const rows = await retried(() => sendNamed(statement, values));
        return rows.map((row) => statement.read(onlyColumn(row)));
      } catch (error) {
        throw faultOf(error, tables);
      }
    },
  };
}

/** By its place, not by its name, which a driver may be told to change. */
function onlyColumn(row: unknown): string {
  const [column]: unknown[] = typeof row === "object" && row !== null ? Object.values(row) : [];
  if (typeof column !== "string") throw new TypeError("the driver gave a row without its one text column");
  return column;
}
