import { mergeUsage, type UsageRecord } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

export const keepsGivenUsage: BrokenStore = {
  fault: "keeps the usage that it is given, and counts it when asked",
  create: memoryBut((inner) => {
    const given: UsageRecord[] = [];
    return {
      recordUsage: async (batch) => {
        given.push(...batch);
        await inner.recordUsage(batch);
      },
      usage: async (query) =>
        (await inner.usage(query)).map((usage) => {
          const [merged] = mergeUsage(given.filter(({ keyId }) => keyId === usage.keyId));
          return { ...usage, counts: merged?.counts ?? [] };
        }),
    };
  }),
  caughtBy: ["copies in: what a caller does to the batch that he gave to recordUsage changes nothing in the store"],
};
