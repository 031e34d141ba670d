import { type BrokenStore, memoryBut } from "./broken-store.js";

export const upsert: BrokenStore = {
  fault: "makes a key of what should replace one that is not there",
  create: memoryBut((inner) => ({
    replace: async (next, expectedVersion, event) => {
      const result = await inner.replace(next, expectedVersion, event);
      if (result.outcome !== "missing" || next.state === "destroyed") return result;
      await inner.insert(next, { maxLive: Number.MAX_SAFE_INTEGER, nowMs: 0 }, event);
      return { outcome: "replaced" };
    },
  })),
  caughtBy: ["replace of a key that the tenant does not have is `missing`, and writes nothing"],
};
