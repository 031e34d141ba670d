import type { KeyUsage, Store } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

function reads(fault: string, usage: (inner: Store) => Store["usage"], caughtBy: readonly string[]): BrokenStore {
  return { fault, create: memoryBut((inner) => ({ usage: usage(inner) })), caughtBy };
}

function rewrites(fault: string, rewrite: (usage: KeyUsage) => KeyUsage, caughtBy: readonly string[]): BrokenStore {
  return reads(fault, (inner) => async (query) => (await inner.usage(query)).map(rewrite), caughtBy);
}

const RANGE = "usage counts the hours that began within a half-open range; last-used and sightings are of all time";
const ORDER = "counts come in the order of (hour, outcome), sightings of (kind, name), by code unit";
const IN_ORDER =
  "usage answers every key in the order asked, repetitions too; one that is unused, missing or deleted has none";

export const usageMisread: readonly BrokenStore[] = [
  reads(
    "counts the hour at the end of the range",
    (inner) => (query) => inner.usage({ ...query, beforeAt: query.beforeAt + 1 }),
    [RANGE],
  ),
  reads(
    "leaves out the hour at the beginning of the range",
    (inner) => (query) => inner.usage({ ...query, fromAt: query.fromAt + 1 }),
    [RANGE],
  ),
  reads(
    "counts hours that the range begins within",
    (inner) => (query) => inner.usage({ ...query, fromAt: query.fromAt - (query.fromAt % 3_600_000) }),
    [RANGE],
  ),
  rewrites(
    "orders outcomes as a human language does",
    (usage) => ({
      ...usage,
      counts: usage.counts.toSorted((a, b) => a.hourAt - b.hourAt || a.outcome.localeCompare(b.outcome, "en")),
    }),
    [ORDER],
  ),
  rewrites(
    "orders sightings by time",
    (usage) => ({
      ...usage,
      sightings: usage.sightings.toReversed(),
    }),
    [ORDER],
  ),
  rewrites(
    "takes outcomes and clients for the same that differ in case only",
    (usage) => ({
      ...usage,
      sightings: usage.sightings.map((sighting) => ({ ...sighting, name: sighting.name.toLowerCase() })),
    }),
    ["outcomes and clients keep their names, however hostile, and none is taken for another"],
  ),
  rewrites(
    "counts in 32 bits",
    (usage) => ({
      ...usage,
      counts: usage.counts.map((counted) => ({ ...counted, count: counted.count | 0 })),
    }),
    ["a month of hours, two hundred sightings and counts of a million million come back whole"],
  ),
  reads(
    "leaves out keys that have no usage",
    (inner) => async (query) => (await inner.usage(query)).filter(({ lastUsedAt }) => lastUsedAt !== null),
    [IN_ORDER],
  ),
  reads(
    "answers once for a key that was asked for twice",
    (inner) => (query) => inner.usage({ ...query, keyIds: [...new Set(query.keyIds)] }),
    [IN_ORDER],
  ),
];
