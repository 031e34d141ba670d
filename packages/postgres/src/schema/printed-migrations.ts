import { knownOptions } from "./known-options.js";
import { LOCK_TIMEOUTS, migrationScript, VERSIONS } from "./migration-script.js";
import { type TableNames, tablesOf } from "./tables.js";

/** One version of the schema, for a migration tool of the application's. */
export interface Migration {
  /** From 1, without gaps. */
  readonly version: number;
  /** One statement, in SQL that neither asks nor takes anything, with its semicolon. */
  readonly sql: string;
}

/**
 * What {@link migrate} does, as SQL: for whoever has a migration tool, or a database administrator, of his own. Every
 * version that there is, in order; new ones follow with new releases, and none changes once it is released. Each is one
 * statement and so atomic, does nothing where it was run before, and refuses to run before the one that it follows.
 * `migrate` takes up after whichever was the last, and finds nothing to do after all. One that finds a table in use for a
 * second fails (55P03), since every verify would wait behind it: run it again, as `migrate` does by itself.
 *
 * @throws TypeError a wrong option
 */
export function migrations(options: TableNames = {}): readonly Migration[] {
  const tables = tablesOf(knownOptions("migrations", ["schema", "tablePrefix"], options));
  return VERSIONS.map((version) => ({ version, sql: `${migrationScript(tables, version, LOCK_TIMEOUTS)};\n` }));
}
