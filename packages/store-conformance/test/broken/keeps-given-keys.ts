import type { KeyRecord, StoredKey } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

export const keepsGivenKeys: BrokenStore = {
  fault: "keeps the keys that it is given, not copies",
  create: memoryBut((inner) => {
    const given = new Map<string, KeyRecord>();
    const asGiven = (key: StoredKey | undefined): StoredKey | undefined => {
      const kept = key === undefined || key.state === "destroyed" ? undefined : given.get(key.id);
      return key === undefined || kept === undefined || !("lastUsedAt" in key)
        ? key
        : structuredClone({ ...kept, lastUsedAt: key.lastUsedAt });
    };
    return {
      find: async (ids, tenant) => (await inner.find(ids, tenant)).map(asGiven),
      insert: async (key, cap, event) => {
        const result = await inner.insert(key, cap, event);
        if (result.outcome === "inserted" && !given.has(key.id)) given.set(key.id, key);
        return result;
      },
      replace: async (next, expectedVersion, event) => {
        const result = await inner.replace(next, expectedVersion, event);
        if (result.outcome === "replaced" && next.state !== "destroyed") given.set(next.id, next);
        return result;
      },
    };
  }),
  caughtBy: [
    "copies in: what a caller does to the key and the event that he gave to insert changes nothing in the store",
    "copies in: what a caller does to the key and the event that he gave to replace changes nothing in the store",
  ],
};
