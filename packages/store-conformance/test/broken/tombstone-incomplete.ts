import type { KeyUsage } from "@claviger/core";
import { usageNow } from "../../src/usage-sample.js";
import { type BrokenStore, memoryBut } from "./broken-store.js";

export const tombstoneIncomplete: readonly BrokenStore[] = [
  {
    fault: "keeps the meters of a deleted key",
    create: memoryBut((inner) => ({
      consume: (requests, nowMs) =>
        inner.consume(
          requests.map((each) => ({ ...each, tenant: `of ${each.tenant}` })),
          nowMs,
        ),
    })),
    caughtBy: ["deleting a key erases its meters, and no one else's; any other change keeps them"],
  },
  {
    fault: "keeps the usage of a deleted key",
    create: memoryBut((inner) => {
      const kept = new Map<string, KeyUsage>();
      return {
        recordUsage: async (batch) => {
          await inner.recordUsage(batch);
          for (const { tenant, keyId } of batch) kept.set(keyId, await usageNow(inner, { tenant, id: keyId }));
        },
        usage: async (query) => (await inner.usage(query)).map((usage) => kept.get(usage.keyId) ?? usage),
      };
    }),
    caughtBy: [
      "deleting a key erases its usage, and no one else's; any other change keeps it",
      "usage answers every key in the order asked, repetitions too; one that is unused, missing or deleted has none",
    ],
  },
  {
    fault: "erases the events of a deleted key",
    create: memoryBut((inner) => ({
      events: async (query) => {
        const page = await inner.events(query);
        const gone = page.items.filter(({ type }) => type === "key.deleted").map(({ keyId }) => keyId);
        return { ...page, items: page.items.filter(({ keyId }) => keyId === undefined || !gone.includes(keyId)) };
      },
    })),
    caughtBy: ["a deleted key's events are kept, its deletion the last of them"],
  },
  {
    fault: "gives the id of a deleted key out again",
    create: memoryBut((inner) => ({
      insert: async (key, cap, event) => {
        const result = await inner.insert(key, cap, event);
        const [taken] = await inner.find([key.id]);
        return result.outcome === "duplicate" && taken?.state === "destroyed" ? { outcome: "inserted" } : result;
      },
    })),
    caughtBy: ["insert under a deleted key's id is `duplicate`: an id is never given out again"],
  },
  {
    fault: "forgets a deleted key altogether",
    create: memoryBut((inner) => ({
      find: async (ids, tenant) =>
        (await inner.find(ids, tenant)).map((key) => (key?.state === "destroyed" ? undefined : key)),
    })),
    caughtBy: ["KF-8: a deleted key is its tombstone to find, and gone from lists"],
  },
];
