import type { StoredKey } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

export const staleConflict: BrokenStore = {
  fault: "tells who meets a conflict the key as it was before",
  create: memoryBut((inner) => {
    const before = new Map<string, StoredKey>();
    return {
      replace: async (next, expectedVersion, event) => {
        const [current] = await inner.find([next.id], next.tenant);
        const result = await inner.replace(next, expectedVersion, event);
        if (result.outcome === "replaced" && current !== undefined) before.set(next.id, current);
        if (result.outcome !== "conflict") return result;
        return { ...result, current: before.get(next.id) ?? result.current };
      },
    };
  }),
  caughtBy: [
    "replace at another version is a `conflict` that carries the current key, and writes nothing, no event either",
    "a late write meets the tombstone as a conflict",
  ],
};
