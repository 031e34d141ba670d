import { type BrokenStore, memoryBut } from "./broken-store.js";

export const mergedMetadata: BrokenStore = {
  fault: "merges new metadata into the old, so that what was taken out stays",
  create: memoryBut((inner) => ({
    replace: async (next, expectedVersion, event) => {
      const [current] = await inner.find([next.id], next.tenant);
      const merge = next.state !== "destroyed" && current !== undefined && current.state !== "destroyed";
      const merged = merge ? { ...next, metadata: { ...current.metadata, ...next.metadata } } : next;
      return inner.replace(merged, expectedVersion, event);
    },
  })),
  caughtBy: ["replace at the expected version puts every field of the next key in place"],
};
