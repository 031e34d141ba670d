import type { EventLog } from "@claviger/core";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import { columnList, columnsOf, rowsFrom } from "../columns.js";
import type { Tables } from "../schema/tables.js";
import { EVENT_COLUMNS, toEventRow } from "./event-row.js";

export function prepareAppend(database: Database, tables: Tables): EventLog["append"] {
  const append = statement<never>(`
    INSERT INTO ${tables.events} (${columnList(EVENT_COLUMNS)})
    SELECT ${columnsOf("e", EVENT_COLUMNS)} FROM ${rowsFrom("$1", "e", EVENT_COLUMNS)}
    ON CONFLICT (id) DO NOTHING`);
  return async (events) => {
    if (events.length > 0) await database.run(append, [JSON.stringify(events.map(toEventRow))]);
  };
}
