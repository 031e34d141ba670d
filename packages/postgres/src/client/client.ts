import { hasMethod } from "./has-method.js";

/** What stands for a parameter. Arrays go as text, since drivers write them differently. */
export type SqlValue = string | number | boolean | null;

/**
 * As much of `pg` as the store uses: a Pool, or a Client that is in no transaction while the store uses it. Neon's Pool and
 * Client, which go by WebSocket, are the same.
 */
export interface PgClient {
  query(config: { text: string; values: SqlValue[]; name?: string }): Promise<{ rows: unknown[] }>;
  /** What a recent Client tells of its connection: `I` idle, `T` or `E` inside a transaction, null before the first. */
  getTransactionStatus?(): unknown;
}

/** As much of postgres.js as the store uses: what `postgres()` returns, not what `begin` hands out. */
export interface PostgresJsClient {
  unsafe(text: string, values: SqlValue[], options: { prepare: boolean }): PromiseLike<unknown[]>;
  /** How many connections it may have. */
  readonly options?: { readonly max?: number };
}

/** As much of what Neon's `neon()` returns as the store uses: a function, with `query`. Every call is one HTTP request. */
export interface NeonClient {
  // A function, so that no object with some `query` passes for it.
  (strings: TemplateStringsArray, ...values: never[]): unknown;
  query(
    text: string,
    values: SqlValue[],
    options: { arrayMode: false; fullResults: true },
  ): PromiseLike<{ rows: unknown[] }>;
}

/** As much of PGlite as the store uses: the database, not what its `transaction` hands out. */
export interface PgliteClient {
  query(text: string, values: SqlValue[]): Promise<{ rows: unknown[] }>;
  exec(text: string): Promise<unknown>;
}

/**
 * The application's own client. The store never ends it. A transaction of the application's on it would take the store's
 * statements in, and `ROLLBACK` would undo a revocation that had resolved, so a store refuses to work inside one wherever
 * the driver tells.
 */
export type PostgresClient = PgClient | PostgresJsClient | NeonClient | PgliteClient;

/** Whether a value is a client of one of the drivers. */
export function isClient(value: unknown): boolean {
  return hasMethod(value, "unsafe") || hasMethod(value, "query");
}
