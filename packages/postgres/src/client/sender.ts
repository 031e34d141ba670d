import { describeKind } from "@claviger/core";
import { atMost } from "./at-most.js";
import type { NeonClient, PgClient, PgliteClient, PostgresClient, PostgresJsClient, SqlValue } from "./client.js";
import { hasMethod } from "./has-method.js";
import { outsideTransactions } from "./outside-transactions.js";
import { postgresJsSender } from "./postgres-js.js";

/** What to ask; with a name, as a prepared statement. */
export interface Question {
  readonly text: string;
  readonly name?: string;
}

/** Asks once, and gives the rows as the driver does. */
export type Sender = (question: Question, values: readonly SqlValue[]) => Promise<readonly unknown[]>;

/**
 * @param transactions what to do about the application's: `join` them, or `refuse` to work inside one
 * @throws TypeError what is none of the drivers' clients, or is a transaction of postgres.js or PGlite that is refused
 */
export function senderOf(client: PostgresClient, transactions: "join" | "refuse"): Sender {
  const transaction = transactionOf(client);
  if (transactions === "refuse" && transaction !== undefined) {
    throw new TypeError(`client must be the one of all your queries; got a transaction, as ${transaction} hands out`);
  }
  if (isNeon(client)) return (question, values) => askNeon(client, question, values);
  if (isPostgresJs(client)) return postgresJsSender(client);
  if (isPglite(client)) return (question, values) => askPglite(client, question, values);
  if (hasMethod(client, "query")) {
    const ask: Sender = (question, values) => askPg(client, question, values);
    const send = transactions === "refuse" && tellsTransactions(client) ? outsideTransactions(client, ask) : ask;
    return isSingleConnection(client) ? atMost(1, client, send) : send;
  }
  throw new TypeError(
    `client must be a Pool or Client of pg, what postgres.js or neon() returns, or a PGlite; got ${describeKind(client)}`,
  );
}

/** A method of its own has what `postgres()` returns, too, but not `query`. */
function isNeon(client: PostgresClient): client is NeonClient {
  return typeof client === "function" && hasMethod(client, "query");
}

function isPostgresJs(client: PostgresClient): client is PostgresJsClient {
  return hasMethod(client, "unsafe");
}

function isPglite(client: PostgresClient): client is PgliteClient {
  return hasMethod(client, "exec") && hasMethod(client, "query");
}

/** A Client of pg: one connection, which since 8.19 complains when it is asked while it is busy. A Pool is asked at will. */
function isSingleConnection(client: PgClient): boolean {
  return hasMethod(client, "escapeLiteral");
}

/** A Client of pg does; a Pool is in none, and would be asked at every statement for nothing. */
function tellsTransactions(client: PgClient): boolean {
  return hasMethod(client, "getTransactionStatus");
}

/** The method that hands out what this is, if it lasts no longer than a transaction. */
function transactionOf(client: PostgresClient): string | undefined {
  if (hasMethod(client, "savepoint")) return "begin of postgres.js";
  if (hasMethod(client, "rollback")) return "transaction of PGlite";
  return undefined;
}

async function askPg(
  client: PgClient,
  { text, name }: Question,
  values: readonly SqlValue[],
): Promise<readonly unknown[]> {
  const { rows } = await client.query(
    name === undefined ? { text, values: [...values] } : { text, values: [...values], name },
  );
  return rows;
}

/** No request meets the session of another one, so there is nothing to name. Says how it wants its rows, whatever is usual. */
async function askNeon(
  client: NeonClient,
  { text }: Question,
  values: readonly SqlValue[],
): Promise<readonly unknown[]> {
  const { rows } = await client.query(text, [...values], { arrayMode: false, fullResults: true });
  return rows;
}

/** It knows no names. It asks one thing at a time by itself, and nothing while a `transaction` of its own is open. */
async function askPglite(
  client: PgliteClient,
  { text }: Question,
  values: readonly SqlValue[],
): Promise<readonly unknown[]> {
  const { rows } = await client.query(text, [...values]);
  return rows;
}
