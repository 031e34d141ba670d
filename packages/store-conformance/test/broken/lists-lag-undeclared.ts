import type { ListPage, UsedKeyRecord } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

export const listsLagUndeclared: BrokenStore = {
  fault: "declares its lists current, and shows what they were when last asked for",
  create: memoryBut((inner) => {
    const shown = new Map<string, ListPage<UsedKeyRecord>>();
    return {
      list: async (query) => {
        const [name, current] = [JSON.stringify(query), await inner.list(query)];
        const before = shown.get(name) ?? current;
        shown.set(name, current);
        return before;
      },
    };
  }),
  caughtBy: [
    "capability lists: what was written is found by its id at once, and listed at once or, where lists lag, in the end",
  ],
};
