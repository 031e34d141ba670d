import { mergeUsage, type Store, type UsageRecord } from "@claviger/core";
import { AMPLE, changeOf, freshId, sampleKey } from "../../src/samples.js";
import { type BrokenStore, memoryBut, roundTrip } from "./broken-store.js";

function records(
  fault: string,
  recordUsage: (inner: Store) => Store["recordUsage"],
  caughtBy: readonly string[],
): BrokenStore {
  return { fault, create: memoryBut((inner) => ({ recordUsage: recordUsage(inner) })), caughtBy };
}

const MERGES = "usage merges: in whatever order and portions it arrives, times only move outwards and counts add up";
const TWICE = "a key named twice in one batch is counted twice, and so is a batch that is repeated";
const FORWARD = "last-used moves only forward, whichever arrives last";

/** What was recorded last, alone. */
function lastOnly(): () => Store {
  return memoryBut((inner) => {
    const last = new Map<string, number | null>();
    return {
      recordUsage: async (batch) => {
        await inner.recordUsage(batch);
        for (const { keyId, lastUsedAt } of batch) last.set(keyId, lastUsedAt);
      },
      find: async (ids, tenant) =>
        (await inner.find(ids, tenant)).map((key) => {
          if (key === undefined || key.state === "destroyed" || !last.has(key.id)) return key;
          return { ...key, lastUsedAt: last.get(key.id) ?? null };
        }),
    };
  });
}

export const usageMisrecorded: readonly BrokenStore[] = [
  { fault: "moves last-used back to what arrives late", create: lastOnly(), caughtBy: [MERGES, FORWARD] },
  records(
    "sets counts instead of adding to them",
    (inner) => {
      const seen = new Set<string>();
      const isNew = ({ keyId, counts }: UsageRecord) => {
        const name = JSON.stringify([keyId, counts]);
        return !seen.has(name) && seen.add(name) !== undefined;
      };
      return (batch) => inner.recordUsage(batch.map((record) => (isNew(record) ? record : { ...record, counts: [] })));
    },
    [TWICE],
  ),
  records(
    "takes of a key that is named twice in one batch the first record only",
    (inner) => (batch) =>
      inner.recordUsage(
        batch.filter(({ keyId }, place) => batch.findIndex((other) => other.keyId === keyId) === place),
      ),
    [MERGES, TWICE],
  ),
  records(
    "narrows sightings to the last that it was told",
    (inner) => (batch) =>
      inner.recordUsage(
        batch.map((record) => ({
          ...record,
          sightings: record.sightings.map((sighting) => ({ ...sighting, firstAt: sighting.lastAt })),
        })),
      ),
    [MERGES],
  ),
  records(
    "throws away a batch that names one key which is missing",
    (inner) => async (batch) => {
      const found = await inner.find(batch.map(({ keyId }) => keyId));
      if (found.every((key) => key !== undefined && key.state !== "destroyed")) await inner.recordUsage(batch);
    },
    [
      "usage of a key that is missing is dropped, makes no key of it, and the rest of the batch counts",
      "usage of a deleted key is dropped, and its tombstone stays as it is",
    ],
  ),
  records(
    "makes a key of usage that names none",
    (inner) => async (batch) => {
      const found = await inner.find(batch.map(({ keyId }) => keyId));
      for (const [place, { tenant, keyId }] of batch.entries()) {
        if (found[place] === undefined) await makeGhost(inner, tenant, keyId);
      }
      await inner.recordUsage(batch);
    },
    ["usage of a key that is missing is dropped, makes no key of it, and the rest of the batch counts"],
  ),
  records(
    "counts a key's use as a change of it",
    (inner) => async (batch) => {
      await inner.recordUsage(batch);
      for (const { tenant, keyId } of mergeUsage(batch)) await touch(inner, tenant, keyId);
    },
    [
      "promise 2: recordUsage touches nothing of a key, in whatever state, but when it was last used, and writes no event",
      "usage disturbs no compare-and-swap: a replace at the version read before it was recorded succeeds",
    ],
  ),
  {
    fault: "reads counts, and then writes them",
    create: memoryBut((inner) => {
      const counted = new Map<string, number>();
      return {
        recordUsage: async (batch) => {
          const before = batch.map(({ keyId }) => counted.get(keyId) ?? 0);
          await roundTrip();
          await inner.recordUsage(batch);
          batch.forEach(({ keyId, counts }, place) => {
            counted.set(keyId, (before[place] ?? 0) + (counts[0]?.count ?? 0));
          });
        },
        usage: async (query) =>
          (await inner.usage(query)).map((usage) => ({
            ...usage,
            counts: usage.counts.map((count) => ({ ...count, count: counted.get(usage.keyId) ?? count.count })),
          })),
      };
    }),
    caughtBy: [
      "usage of overlapping keys, recorded by many at once and each in an order of its own: no deadlock, no count lost",
    ],
  },
  {
    fault: "forgets a key's last use when the key is changed",
    create: memoryBut((inner) => {
      const changed = new Set<string>();
      return {
        replace: async (next, expectedVersion, event) => {
          const result = await inner.replace(next, expectedVersion, event);
          if (result.outcome === "replaced") changed.add(next.id);
          return result;
        },
        find: async (ids, tenant) =>
          (await inner.find(ids, tenant)).map((key) =>
            key !== undefined && key.state !== "destroyed" && changed.has(key.id) ? { ...key, lastUsedAt: null } : key,
          ),
      };
    }),
    caughtBy: ["no change of a key touches when it was last used, and a conflict tells it"],
  },
];

async function makeGhost(inner: Store, tenant: string, id: string): Promise<void> {
  const ghost = { ...sampleKey({ tenant, id }), owner: "nobody" };
  await inner.insert(ghost, AMPLE, changeOf(ghost, "key.created"));
}

async function touch(inner: Store, tenant: string, id: string): Promise<void> {
  const [key] = await inner.find([id], tenant);
  if (key === undefined || key.state === "destroyed") return;
  const { lastUsedAt: _, ...record } = key;
  const next = { ...record, version: record.version + 1 };
  await inner.replace(next, key.version, { ...changeOf(next, "key.updated"), id: freshId() });
}
