export type SqlValue = string | number | null;

/**
 * All that the store asks of a SQLite driver. Synchronous, as sql.js, better-sqlite3 and node:sqlite are, each of which is
 * a dozen lines away from it.
 */
export interface Database {
  /** Executes statements that take no values. */
  exec(sql: string): void;
  /** Executes one statement. @returns the number of rows that it inserted, updated or deleted */
  run(sql: string, values: readonly SqlValue[]): number;
  /** @returns the rows, of which the caller knows the columns */
  all<Row>(sql: string, values: readonly SqlValue[]): readonly Row[];
  /**
   * Does work that other writers come before or after, never between, all of it or, where it throws, none. The work awaits
   * nothing: who shares the connection would write into the transaction meanwhile.
   */
  transaction<Result>(work: () => Result): Result;
}
