import { isStorable, type KeyStore } from "@claviger/core";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import { anyOf, textArray } from "../client/text-array.js";
import { jsonText } from "../columns.js";
import type { Tables } from "../schema/tables.js";
import { fromKeyRow, type KeyRow, READ_COLUMNS } from "./key-row.js";

export function prepareFind(database: Database, tables: Tables): KeyStore["find"] {
  const findAny = `SELECT ${jsonText("k", READ_COLUMNS)} FROM ${tables.keys} k WHERE k.id = ${anyOf("$1")}`;
  const ofEveryTenant = statement<KeyRow>(findAny);
  const ofTenant = statement<KeyRow>(`${findAny} AND k.tenant = $2::text`);
  return async (ids, tenant) => {
    // A text that PostgreSQL cannot hold is no key's id, and would fail the whole statement.
    const possible = ids.filter(isStorable);
    if (possible.length === 0) return ids.map(() => undefined);
    const rows = await (tenant === undefined
      ? database.run(ofEveryTenant, [textArray(possible)])
      : database.run(ofTenant, [textArray(possible), tenant]));
    const found = new Map(rows.map((row) => [row.id, fromKeyRow(row)]));
    return ids.map((id) => found.get(id));
  };
}
