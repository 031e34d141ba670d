import { isStorable, type KeyStore, type StoredKey } from "@claviger/core";
import type { Database } from "../client/database.js";
import { type Statement, statement } from "../client/statement.js";
import { anyOf, textArray } from "../client/text-array.js";
import type { Tables } from "../schema/tables.js";
import { fromKeyRow, type KeyRow, keyCells } from "./key-cells.js";

/** One key is looked up by a statement of its own: to unpack an array of ids costs as much as to find the one. */
export function prepareFind(database: Database, tables: Tables): KeyStore["find"] {
  const where = (condition: string): Statement<KeyRow> =>
    statement(`SELECT ${keyCells("k")}::text FROM ${tables.keys} k WHERE ${condition}`);
  const one = where("k.id = $1::text");
  const any = where(`k.id = ${anyOf("$1")}`);
  const anyOfTenant = where(`k.id = ${anyOf("$1")} AND k.tenant = $2::text`);

  async function findOne(id: string): Promise<readonly (StoredKey | undefined)[]> {
    const [row] = await database.run(one, [id]);
    return [row === undefined ? undefined : fromKeyRow(row)];
  }

  return async (ids, tenant) => {
    // A text that PostgreSQL cannot hold is no key's id, and would fail the whole statement.
    const possible = ids.filter(isStorable);
    const [first] = possible;
    if (first === undefined) return ids.map(() => undefined);
    if (ids.length === 1 && tenant === undefined) return findOne(first);
    const rows = await (tenant === undefined
      ? database.run(any, [textArray(possible)])
      : database.run(anyOfTenant, [textArray(possible), tenant]));
    const found = new Map<string, StoredKey>();
    for (const row of rows) {
      const key = fromKeyRow(row);
      found.set(key.id, key);
    }
    return ids.map((id) => found.get(id));
  };
}
