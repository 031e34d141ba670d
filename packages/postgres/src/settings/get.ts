import { isStorable, type SettingsStore } from "@claviger/core";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import { anyOf, textArray } from "../client/text-array.js";
import { jsonText } from "../columns.js";
import type { Tables } from "../schema/tables.js";
import { fromSettingsRow, SETTINGS_COLUMNS, type SettingsRow } from "./settings-row.js";

export function prepareGetSettings(database: Database, tables: Tables): SettingsStore["get"] {
  const get = statement<SettingsRow>(`
    SELECT ${jsonText("s", SETTINGS_COLUMNS)} FROM ${tables.settings} s WHERE s.tenant = ${anyOf("$1")}`);
  return async (tenants) => {
    const possible = tenants.filter(isStorable);
    const rows = possible.length === 0 ? [] : await database.run(get, [textArray(possible)]);
    const found = new Map(rows.map((row) => [row.tenant, fromSettingsRow(row)]));
    return tenants.map((tenant) => found.get(tenant));
  };
}
