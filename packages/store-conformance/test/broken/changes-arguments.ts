import { type BrokenStore, memoryBut } from "./broken-store.js";

export const changesArguments: BrokenStore = {
  fault: "sorts a batch of usage where it stands, which is the caller's",
  create: memoryBut((inner) => ({
    recordUsage: async (batch) => {
      if (Array.isArray(batch)) batch.sort((a, b) => (a.keyId < b.keyId ? -1 : 1));
      await inner.recordUsage(batch);
    },
  })),
  caughtBy: ["no method changes what it is given: every argument may be frozen"],
};
