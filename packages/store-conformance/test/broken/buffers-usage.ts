import type { Store, UsageRecord } from "@claviger/core";
import { type BrokenStore, handlesOver } from "./broken-store.js";

function buffering(inner: Store): Store {
  const buffer: UsageRecord[] = [];
  const flush = () => inner.recordUsage(buffer.splice(0));
  return {
    ...inner,
    async recordUsage(batch) {
      buffer.push(...batch);
    },
    async find(ids, tenant) {
      await flush();
      return inner.find(ids, tenant);
    },
    async usage(query) {
      await flush();
      return inner.usage(query);
    },
  };
}

export const buffersUsage: BrokenStore = {
  fault: "keeps usage until it is next asked, and loses it when it is closed",
  create: handlesOver(buffering),
  caughtBy: [
    "usage that recordUsage took is kept when the store that took it is closed: another over the data counts it",
  ],
};
