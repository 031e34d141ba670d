import { type KeyStore, PartialFault, type StoredKey } from "@claviger/core";
import type { Database } from "../client/database.js";
import { inTurns } from "../client/in-turns.js";
import { isAddressable, keyAddress } from "../table/addresses.js";
import { finishDeletion, isTombstone } from "./erase-with-key.js";
import { fromKeyItem } from "./key-item.js";

/**
 * One key by GetItem, several by BatchGetItem: either way by primary key and with `ConsistentRead`.
 *
 * @throws PartialFault where some keys were found, and others could not be read: an entry that is undefined is of one
 * that failed, or of one that is not there
 */
export function prepareFind(database: Database): KeyStore["find"] {
  return async (ids, tenant) => {
    const { items, unread, cause } = await database.getSome([...new Set(ids.filter(isAddressable))].map(keyAddress));
    const deleted = items.filter(isTombstone);
    if (deleted.length > 0) await inTurns(deleted, (item) => finishDeletion(database, item));
    const found = new Map<string, StoredKey>();
    const faults: unknown[] = unread.size > 0 ? [cause] : [];
    for (const item of items) {
      try {
        const key = fromKeyItem(item);
        if (key !== undefined && (tenant === undefined || key.tenant === tenant)) found.set(key.id, key);
      } catch (fault) {
        faults.push(fault);
      }
    }
    const keys = ids.map((id) => found.get(id));
    if (faults.length === 0) return keys;
    throw found.size === 0 ? faults[0] : new PartialFault(keys, faults[0]);
  };
}
