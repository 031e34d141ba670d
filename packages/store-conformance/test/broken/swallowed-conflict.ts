import { type BrokenStore, memoryBut } from "./broken-store.js";

export const swallowedConflict: BrokenStore = {
  fault: "says that it replaced a key although the version was another",
  create: memoryBut((inner) => ({
    replace: async (next, expectedVersion, event) => {
      const result = await inner.replace(next, expectedVersion, event);
      return result.outcome === "conflict" ? { outcome: "replaced" } : result;
    },
  })),
  caughtBy: [
    "replace at another version is a `conflict` that carries the current key, and writes nothing, no event either",
    "of fifty parallel replaces at one version one wins, and the others are told what it wrote",
    "no update is lost: thirty writers that each add one, repeating on conflict, add thirty",
  ],
};
