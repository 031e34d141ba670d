import type { KeyStore } from "@claviger/core";
import type { Database } from "../client/database.js";
import { inTurns } from "../client/in-turns.js";
import { isAddressable, keyAddress } from "../table/addresses.js";
import { finishDeletion } from "./erase-with-key.js";
import { fromKeyItem } from "./key-item.js";

/** One key by GetItem, several by BatchGetItem: either way by primary key and with `ConsistentRead`. */
export function prepareFind(database: Database): KeyStore["find"] {
  return async (ids, tenant) => {
    const possible = [...new Set(ids.filter(isAddressable))].map(keyAddress);
    const [only, ...others] = possible;
    if (only === undefined) return ids.map(() => undefined);
    const items = others.length === 0 ? [await database.get(only)] : await database.getMany(possible);
    await inTurns(items, (item) => finishDeletion(database, item));
    const found = new Map(
      items.flatMap((item) => {
        const key = item && fromKeyItem(item);
        return key === undefined || (tenant !== undefined && key.tenant !== tenant) ? [] : [[key.id, key]];
      }),
    );
    return ids.map((id) => found.get(id));
  };
}
