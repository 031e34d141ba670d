import type { StoredKey } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

export const handsOutKeys: BrokenStore = {
  fault: "hands out the keys that it keeps",
  create: memoryBut((inner) => {
    const kept = new Map<string, { readonly current: StoredKey; readonly handedOut: StoredKey }>();
    const handOut = <Key extends StoredKey>(current: Key): Key => {
      const entry = kept.get(current.id);
      if (entry?.current === current) return entry.handedOut as Key;
      const handedOut = structuredClone(current);
      kept.set(current.id, { current, handedOut });
      return handedOut;
    };
    return {
      find: async (ids, tenant) => (await inner.find(ids, tenant)).map((key) => key && handOut(key)),
      list: async (query) => {
        const page = await inner.list(query);
        return { ...page, items: page.items.map(handOut) };
      },
      replace: async (next, expectedVersion, event) => {
        const result = await inner.replace(next, expectedVersion, event);
        return result.outcome === "conflict" ? { ...result, current: handOut(result.current) } : result;
      },
    };
  }),
  caughtBy: [
    "copies out: what a caller does to the keys that find gave him changes nothing in the store",
    "copies out: what a caller does to a tombstone that find gave him changes nothing in the store",
    "copies out: what a caller does to the key that a conflict of replace gave him changes nothing in the store",
    "copies out: what a caller does to the keys that list gave him changes nothing in the store",
  ],
};
