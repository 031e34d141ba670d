import type { StoredKey } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

export const findByStaleIndex: BrokenStore = {
  fault: "finds keys by an index that catches up after it was asked",
  create: memoryBut((inner) => {
    const index = new Map<string, StoredKey | undefined>();
    return {
      find: async (ids, tenant) => {
        const current = await inner.find(ids, tenant);
        const found = ids.map((id, place) => (index.has(id) ? index.get(id) : current[place]));
        ids.forEach((id, place) => {
          index.set(id, current[place]);
        });
        return found;
      },
    };
  }),
  caughtBy: [
    "capability lists: what was written is found by its id at once, and listed at once or, where lists lag, in the end",
  ],
};
