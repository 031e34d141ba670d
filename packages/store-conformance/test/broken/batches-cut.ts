import type { Store } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

function cuts(fault: string, change: (inner: Store) => Partial<Store>, caughtBy: string): BrokenStore {
  return { fault, create: memoryBut(change), caughtBy: [caughtBy] };
}

const USAGE =
  "large batches: recordUsage of 26 and of 101 keys counts every one, and usage of 101 answers each in its place";

/** What is left where a database takes so many in one request, and nobody asks for the rest. */
export const batchesCut: readonly BrokenStore[] = [
  cuts(
    "records usage of a batch's first 25",
    (inner) => ({ recordUsage: (batch) => inner.recordUsage(batch.slice(0, 25)) }),
    USAGE,
  ),
  cuts(
    "records usage of a batch's first 100",
    (inner) => ({ recordUsage: (batch) => inner.recordUsage(batch.slice(0, 100)) }),
    USAGE,
  ),
  cuts(
    "answers usage by the hundred, the last of them first",
    (inner) => ({
      usage: async ({ keyIds, ...range }) => [
        ...(await inner.usage({ ...range, keyIds: keyIds.slice(100) })),
        ...(await inner.usage({ ...range, keyIds: keyIds.slice(0, 100) })),
      ],
    }),
    USAGE,
  ),
  cuts(
    "appends a batch's first 25",
    (inner) => ({ append: (events) => inner.append(events.slice(0, 25)) }),
    "large batches: append of 26 events keeps every one, and eraseEvents erases every one",
  ),
  cuts(
    "appends a batch's first 100",
    (inner) => ({ append: (events) => inner.append(events.slice(0, 100)) }),
    "large batches: append of 101 events keeps every one, and eraseEvents erases every one",
  ),
  cuts(
    "consumes a call's first 25 requests",
    (inner) => ({ consume: (requests, nowMs) => inner.consume(requests.slice(0, 25), nowMs) }),
    "large batches: consume of 26 requests spends and answers every one, in its place",
  ),
  cuts(
    "consumes a call's first 100 requests",
    (inner) => ({ consume: (requests, nowMs) => inner.consume(requests.slice(0, 100), nowMs) }),
    "large batches: consume of 101 requests spends and answers every one, in its place",
  ),
  cuts(
    "finds the first 100 keys",
    (inner) => ({
      find: async (ids, tenant) => {
        const found = await inner.find(ids.slice(0, 100), tenant);
        return ids.map((_, place) => found[place]);
      },
    }),
    "large batches: find of 101 ids answers each in its place",
  ),
  cuts(
    "gets the settings of the first 100 tenants",
    ({ settings }) => ({
      settings: {
        ...settings,
        get: async (tenants) => {
          const got = await settings.get(tenants.slice(0, 100));
          return tenants.map((_, place) => got[place]);
        },
      },
    }),
    "large batches: settings.get of 101 tenants answers each in its place",
  ),
  cuts(
    "takes an owner after the hundredth for one who is not suspended",
    ({ owners }) => ({
      owners: {
        ...owners,
        read: async (refs) => {
          const standings = await owners.read(refs.slice(0, 100));
          return refs.map((_, place) => standings[place] ?? { suspendedAt: null });
        },
      },
    }),
    "large batches: owners.read of 101 owners answers each in its place",
  ),
];
