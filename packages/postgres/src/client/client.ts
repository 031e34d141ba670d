import { describeKind } from "@claviger/core";
import { oneAtATime } from "./one-at-a-time.js";
import { outsideTransactions } from "./outside-transactions.js";

/** What stands for a parameter. Arrays go as text, since drivers write them differently. */
export type SqlValue = string | number | boolean | null;

/** As much of `pg` as the store uses: a Pool, or a Client that is in no transaction while the store uses it. */
export interface PgClient {
  query(config: { text: string; values: SqlValue[]; name?: string }): Promise<{ rows: unknown[] }>;
  /** What a recent Client tells of its connection: `I` idle, `T` or `E` inside a transaction, null before the first. */
  getTransactionStatus?(): unknown;
}

/** As much of postgres.js as the store uses: what `postgres()` returns, not what `begin` hands out. */
export interface PostgresJsClient {
  unsafe(text: string, values: SqlValue[], options: { prepare: boolean }): PromiseLike<unknown[]>;
}

/**
 * The application's own client. The store never ends it. A transaction of the application's on it would take the store's
 * statements in, and `ROLLBACK` would undo a revocation that had resolved, so a store refuses to work inside one wherever
 * the driver tells.
 */
export type PostgresClient = PgClient | PostgresJsClient;

/** What to ask; with a name, as a prepared statement. */
export interface Question {
  readonly text: string;
  readonly name?: string;
}

/** Asks once, and gives the rows as the driver does. */
export type Sender = (question: Question, values: readonly SqlValue[]) => Promise<readonly unknown[]>;

/** Whether a value is a client of one of the drivers. */
export function isClient(value: unknown): boolean {
  return hasMethod(value, "unsafe") || hasMethod(value, "query");
}

/**
 * @param transactions what to do about the application's: `join` them, or `refuse` to work inside one
 * @throws TypeError what is neither of the drivers' clients, or is a transaction of postgres.js that is refused
 */
export function senderOf(client: PostgresClient, transactions: "join" | "refuse"): Sender {
  if (hasMethod(client, "unsafe")) {
    if (transactions === "refuse" && hasMethod(client, "savepoint")) {
      throw new TypeError("client must be what postgres.js returns; got a transaction, as its begin hands out");
    }
    return (question, values) => askPostgresJs(client, question, values);
  }
  if (hasMethod(client, "query")) {
    const ask: Sender = (question, values) => askPg(client, question, values);
    const send = transactions === "refuse" ? outsideTransactions(client, ask) : ask;
    return isSingleConnection(client) ? oneAtATime(send) : send;
  }
  throw new TypeError(
    `client must be a Pool or Client of pg, or what postgres.js returns; got ${describeKind(client)}`,
  );
}

async function askPg(
  client: PgClient,
  { text, name }: Question,
  values: readonly SqlValue[],
): Promise<readonly unknown[]> {
  const { rows } = await client.query({ text, values: [...values], ...(name !== undefined && { name }) });
  return rows;
}

/** It names its prepared statements itself. */
async function askPostgresJs(
  client: PostgresJsClient,
  { text, name }: Question,
  values: readonly SqlValue[],
): Promise<readonly unknown[]> {
  return client.unsafe(text, [...values], { prepare: name !== undefined });
}

/** A Client of pg: one connection, which since 8.19 complains when it is asked while it is busy. A Pool is asked at will. */
function isSingleConnection(client: PgClient): boolean {
  return hasMethod(client, "escapeLiteral");
}

function hasMethod<Name extends string>(
  client: unknown,
  name: Name,
): client is Record<Name, (...args: never) => unknown> {
  const isHolder = (typeof client === "object" && client !== null) || typeof client === "function";
  return isHolder && typeof Reflect.get(client, name) === "function";
}
