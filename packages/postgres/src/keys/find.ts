import { isStorable, type KeyStore, type StoredKey } from "@claviger/core";
import type { Database } from "../client/database.js";
import { type Statement, statement } from "../client/statement.js";
import { anyOf, textArray } from "../client/text-array.js";
import type { Tables } from "../schema/tables.js";
import { fromKeyRow, type KeyRow, keyCells, rowVersionOf } from "./key-cells.js";
import { keyText, readKeyText } from "./key-text.js";
import type { RowVersions } from "./row-versions.js";

/**
 * One key is looked up by a statement of its own: to unpack an array of ids costs as much as to find the one. Rows come as
 * texts; those that these do not tell are asked for once more, as JSON.
 *
 * @param versions takes note of those of keys that have limits: of others nobody asks
 */
export function prepareFind(database: Database, tables: Tables, versions: RowVersions): KeyStore["find"] {
  const from = (condition: string): string => `FROM ${tables.keys} k WHERE ${condition}`;
  const asText = (condition: string): Statement<KeyRow | undefined> =>
    statement(`SELECT ${keyText("k")} ${from(condition)}`, readKeyText);
  const asJson = (condition: string): Statement<KeyRow> =>
    statement(`SELECT ${keyCells("k")}::text ${from(condition)}`);
  const any = `k.id = ${anyOf("$1")}`;
  const ofTenant = `${any} AND k.tenant = $2::text`;
  const one = asText("k.id = $1::text");
  const inTexts = { any: asText(any), ofTenant: asText(ofTenant) };
  const inJson = { any: asJson(any), ofTenant: asJson(ofTenant) };

  async function findOne(id: string): Promise<readonly (StoredKey | undefined)[]> {
    const rows = await database.run(one, [id]);
    if (rows.length === 0) return [undefined];
    const [row] = rows[0] === undefined ? await database.run(inJson.any, [textArray([id])]) : rows;
    return [row && foundKey(row)];
  }

  async function findRows(ids: readonly string[], tenant: string | undefined): Promise<readonly KeyRow[]> {
    const run = <Row>(of: { readonly [Way in "any" | "ofTenant"]: Statement<Row> }): Promise<readonly Row[]> =>
      tenant === undefined
        ? database.run(of.any, [textArray(ids)])
        : database.run(of.ofTenant, [textArray(ids), tenant]);
    const rows = await run(inTexts);
    return rows.every(isTold) ? rows : run(inJson);
  }

  async function findAll(
    ids: readonly string[],
    tenant: string | undefined,
  ): Promise<readonly (StoredKey | undefined)[]> {
    // A text that PostgreSQL cannot hold is no key's id, and would fail the whole statement.
    const possible = ids.filter(isStorable);
    if (possible.length === 0) return ids.map(() => undefined);
    const found = new Map<string, StoredKey>();
    for (const row of await findRows(possible, tenant)) {
      const key = foundKey(row);
      found.set(key.id, key);
    }
    return ids.map((id) => found.get(id));
  }

  function foundKey(row: KeyRow): StoredKey {
    const key = fromKeyRow(row);
    // Of a damaged row they may be anything: that is for others to say.
    if (key.state === "destroyed" || !(key.limits?.length > 0)) return key;
    const version = rowVersionOf(row);
    if (version !== undefined) versions.note(key, version);
    return key;
  }

  return (ids, tenant) => {
    const [only] = ids;
    const isLone = only !== undefined && ids.length === 1 && tenant === undefined && isStorable(only);
    return isLone ? findOne(only) : findAll(ids, tenant);
  };
}

function isTold(row: KeyRow | undefined): row is KeyRow {
  return row !== undefined;
}
