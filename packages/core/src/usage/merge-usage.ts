import type { Sighting, UsageCount, UsageRecord } from "./usage.js";

/**
 * One record for each key that the batch names, in the order of (tenant, keyId): the later of two uses, the sum of two
 * counts, the wider of two sightings. In whatever order and portions records are merged, the same comes out, but that
 * one which is merged twice counts twice. The order is everyone's, so that writers who lock in it never wait in a circle.
 */
export function mergeUsage(batch: readonly UsageRecord[]): readonly UsageRecord[] {
  return mergeBy(batch, ({ tenant, keyId }) => [tenant, keyId], joinRecords).map((record) => ({
    ...record,
    counts: mergeBy(record.counts, ({ hourAt, outcome }) => [hourAt, outcome], addCounts),
    sightings: mergeBy(record.sightings, ({ kind, name }) => [kind, name], widen),
  }));
}

function joinRecords(a: UsageRecord, b: UsageRecord): UsageRecord {
  return {
    ...a,
    lastUsedAt: later(a.lastUsedAt, b.lastUsedAt),
    counts: [...a.counts, ...b.counts],
    sightings: [...a.sightings, ...b.sightings],
  };
}

function addCounts(a: UsageCount, b: UsageCount): UsageCount {
  return { ...a, count: a.count + b.count };
}

function widen(a: Sighting, b: Sighting): Sighting {
  return { ...a, firstAt: Math.min(a.firstAt, b.firstAt), lastAt: Math.max(a.lastAt, b.lastAt) };
}

function later(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

type Name = readonly [string | number, string];

function mergeBy<Item>(items: readonly Item[], nameOf: (item: Item) => Name, join: (a: Item, b: Item) => Item): Item[] {
  const sorted = items.map((item) => ({ item, name: nameOf(item) })).sort((a, b) => compare(a.name, b.name));
  const merged: { item: Item; name: Name }[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && compare(last.name, next.name) === 0) last.item = join(last.item, next.item);
    else merged.push(next);
  }
  return merged.map(({ item }) => item);
}

function compare([a, aRest]: Name, [b, bRest]: Name): number {
  if (a !== b) return a < b ? -1 : 1;
  if (aRest === bRest) return 0;
  return aRest < bRest ? -1 : 1;
}
