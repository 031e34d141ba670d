import type { Database as SqljsDatabase } from "sql.js";
import type { Database, SqlValue } from "./database.js";

/** @param client stays the caller's to close */
export function sqljsDatabase(client: SqljsDatabase): Database {
  return {
    exec: (sql) => void client.exec(sql),
    run(sql, values) {
      client.run(sql, [...values]);
      return client.getRowsModified();
    },
    all: (sql, values) => readAll(client, sql, values),
    transaction(work) {
      // Takes the right to write before the first read. A plain BEGIN takes it at the first write, too late for what was read.
      client.run("BEGIN IMMEDIATE");
      try {
        const result = work();
        client.run("COMMIT");
        return result;
      } catch (error) {
        client.run("ROLLBACK");
        throw error;
      }
    },
  };
}

function readAll<Row>(client: SqljsDatabase, sql: string, values: readonly SqlValue[]): readonly Row[] {
  const statement = client.prepare(sql);
  try {
    statement.bind([...values]);
    const rows: Row[] = [];
    // STRICT tables hold what the columns are declared to hold, which the compiler cannot know.
    while (statement.step()) rows.push(statement.getAsObject() as Row);
    return rows;
  } finally {
    statement.free();
  }
}
