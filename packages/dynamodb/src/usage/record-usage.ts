import { mergeUsage, type Sighting, type UsageCount, type UsageRecord, type UsageStore } from "@claviger/core";
import type { Database } from "../client/database.js";
import { inTurns } from "../client/in-turns.js";
import { attribute, type Item, numberOf, textOf } from "../client/item.js";
import { settle } from "../events/carrier.js";
import { isKept } from "../keys/key-item.js";
import { isAddressable, keyAddress, usagePartition } from "../table/addresses.js";
import { eraseUsage } from "./erase-usage.js";
import { counterName, hourSortKey, sightingSortKey } from "./usage-item.js";

/**
 * The key itself is touched in its `lastUsedAt` only, and only while it is kept: an update without that would make a
 * ghost of a key that is gone.
 *
 *     read: is it kept? ──▶ counts, sightings ──▶ lastUsedAt, if it is still kept
 *                                                   └─ deleted meanwhile: what was counted goes too
 */
const IS_STILL_KEPT = "attribute_exists(#pk) AND #tenant = :tenant AND #state <> :destroyed";
const USED_LATER = "(attribute_not_exists(#lastUsedAt) OR #lastUsedAt < :lastUsedAt)";

/** Counters in one expression, of which DynamoDB takes 4 KB. */
const COUNTERS_AT_ONCE = 50;

export function prepareRecordUsage(database: Database): UsageStore["recordUsage"] {
  return async (batch) => {
    const records = mergeUsage(batch).filter(({ keyId }) => isAddressable(keyId));
    const items = await database.getMany(records.map(({ keyId }) => keyAddress(keyId)));
    const kept = new Map(items.filter(isKept).map((item) => [textOf(item, "id"), item]));
    await inTurns(records, async (record) => {
      const item = kept.get(record.keyId);
      if (item === undefined || textOf(item, "tenant") !== record.tenant) return;
      await recordOne(database, record, item);
    });
  };
}

async function recordOne(database: Database, record: UsageRecord, item: Item): Promise<void> {
  const { tenant, keyId, counts, sightings } = record;
  for (const some of hoursOf(counts)) await addCounts(database, record, some);
  for (const sighting of sightings) await widen(database, record, sighting);
  if (!(await touch(database, record))) await eraseUsage(database, tenant, keyId);
  // The event that rides there has waited for somebody to come by; whether it leaves is no concern of the usage.
  await settle(database, keyAddress(keyId), item).catch(() => {});
}

/** Moves last-used forward. @returns whether the key is still kept */
async function touch(database: Database, { tenant, keyId, lastUsedAt }: UsageRecord): Promise<boolean> {
  const address = keyAddress(keyId);
  if (lastUsedAt === null) return isKept(await database.get(address));
  const result = await database.update(address, {
    update: "SET #lastUsedAt = :lastUsedAt",
    condition: `${IS_STILL_KEPT} AND ${USED_LATER}`,
    values: {
      ":tenant": attribute(tenant),
      ":destroyed": attribute("destroyed"),
      ":lastUsedAt": attribute(lastUsedAt),
    },
  });
  return result.written || isKept(result.current);
}

/** The counts of each hour, in portions that fit into one write. */
function hoursOf(counts: readonly UsageCount[]): readonly (readonly UsageCount[])[] {
  const portions: UsageCount[][] = [];
  for (const count of counts) {
    const last = portions.at(-1);
    if (last !== undefined && last.length < COUNTERS_AT_ONCE && last[0]?.hourAt === count.hourAt) last.push(count);
    else portions.push([count]);
  }
  return portions;
}

/** `ADD` makes the item and the counter where they are not: whatever is there, it is right. */
const ALWAYS = "attribute_exists(#pk) OR attribute_not_exists(#pk)";

async function addCounts(
  database: Database,
  { tenant, keyId }: UsageRecord,
  counts: readonly UsageCount[],
): Promise<void> {
  const [first] = counts;
  if (first === undefined) return;
  const numbered = counts.map((count, index) => ({ ...count, index }));
  await database.update(
    { pk: usagePartition(tenant, keyId), sk: hourSortKey(first.hourAt) },
    {
      update: `ADD ${numbered.map(({ index }) => `#c${index} :c${index}`).join(", ")}`,
      condition: ALWAYS,
      names: Object.fromEntries(numbered.map(({ index, outcome }) => [`#c${index}`, counterName(outcome)])),
      values: Object.fromEntries(numbered.map(({ index, count }) => [`:c${index}`, attribute(count)])),
    },
  );
}

const SEEN_LATER = "attribute_not_exists(#lastAt) OR #lastAt < :lastAt";
const SEEN_EARLIER = "#firstAt > :firstAt";

async function widen(database: Database, { tenant, keyId }: UsageRecord, sighting: Sighting): Promise<void> {
  const { kind, name, firstAt, lastAt } = sighting;
  const address = { pk: usagePartition(tenant, keyId), sk: sightingSortKey(sighting) };
  const values = {
    ":kind": attribute(kind),
    ":name": attribute(name),
    ":firstAt": attribute(firstAt),
    ":lastAt": attribute(lastAt),
  };
  const later = await database.update(address, {
    update: "SET #kind = :kind, #name = :name, #lastAt = :lastAt, #firstAt = if_not_exists(#firstAt, :firstAt)",
    condition: SEEN_LATER,
    values,
  });
  const found = later.written ? later.item : later.current;
  const known = found && numberOf(found, "firstAt");
  if (typeof known !== "number" || known <= firstAt) return;
  await database.update(address, { update: "SET #firstAt = :firstAt", condition: SEEN_EARLIER, values });
}
