import type { KeyUsage, Sighting, UsageQuery, UsageStore } from "@claviger/core";
import type { Database } from "../client/database.js";
import { inTurns } from "../client/in-turns.js";
import { attribute, type Item, numberOf, textOf } from "../client/item.js";
import { queryAll } from "../client/query-all.js";
import { isKept } from "../keys/key-item.js";
import { isAddressable, keyAddress, usagePartition } from "../table/addresses.js";
import { countsOf, hourSortKey, SIGHTINGS_BEGIN, sightingOf } from "./usage-item.js";

/** Only of keys that are kept: what a late write might have left of a deleted one is nobody's to see. */
export function prepareUsage(database: Database): UsageStore["usage"] {
  return async (query) => {
    const ids = [...new Set(query.keyIds.filter(isAddressable))];
    const items = await database.getMany(ids.map(keyAddress));
    const kept = items.filter((item) => isKept(item) && textOf(item, "tenant") === query.tenant);
    const known = new Map<string, KeyUsage>();
    await inTurns(kept, async (item) => {
      const usage = await usageOf(database, item, query);
      known.set(usage.keyId, usage);
    });
    return query.keyIds.map((keyId) => known.get(keyId) ?? { keyId, lastUsedAt: null, counts: [], sightings: [] });
  };
}

async function usageOf(database: Database, item: Item, { tenant, fromAt, beforeAt }: UsageQuery): Promise<KeyUsage> {
  const keyId = textOf(item, "id") ?? "";
  const partition = { ":pk": attribute(usagePartition(tenant, keyId)) };
  const hours =
    fromAt < beforeAt
      ? await queryAll(database, {
          // Hours are whole milliseconds: the last one that begins before `beforeAt` begins a millisecond before it or earlier.
          keyCondition: "#pk = :pk AND #sk BETWEEN :from AND :to",
          values: {
            ...partition,
            ":from": attribute(hourSortKey(fromAt)),
            ":to": attribute(hourSortKey(beforeAt - 1)),
          },
          forward: true,
        })
      : [];
  const seen = await queryAll(database, {
    keyCondition: "#pk = :pk AND begins_with(#sk, :seen)",
    values: { ...partition, ":seen": attribute(SIGHTINGS_BEGIN) },
    forward: true,
  });
  const sightings = seen.flatMap((each) => sightingOf(each) ?? []).sort(compareNames);
  return { keyId, lastUsedAt: numberOf(item, "lastUsedAt"), counts: hours.flatMap(countsOf), sightings };
}

/** By code units: DynamoDB sorts by bytes, which is not the same beyond U+FFFF. */
function compareNames(a: Sighting, b: Sighting): number {
  if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}
