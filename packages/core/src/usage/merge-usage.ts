import { MAX_TIME_MS, MAX_USAGE_NAME_LENGTH } from "../bounds.js";
import { isStorable } from "../value/text.js";
import type { Sighting, UsageCount, UsageRecord } from "./usage.js";

/**
 * One record for each key that the batch names, in the order of (tenant, keyId): the latest of the uses, the sum of the
 * counts, the widest of the sightings. In whatever order and portions records are merged, the same comes out, but that
 * one which is merged twice counts twice. The order is everyone's, so that writers who lock in it never wait in a circle.
 *
 * What no store could keep (a name beyond its bounds, a count or a time that is none) is left out: a client's odd name
 * must not cost the others what was counted of them.
 */
export function mergeUsage(batch: readonly UsageRecord[]): readonly UsageRecord[] {
  return groupsOf(batch, ({ tenant, keyId }) => [tenant, keyId]).map((records) => {
    const [{ tenant, keyId }] = records;
    const counts = records.flatMap((record) => record.counts).filter(isCount);
    const sightings = records.flatMap((record) => record.sightings).filter(isSighting);
    return {
      tenant,
      keyId,
      lastUsedAt: latest(records.map(({ lastUsedAt }) => lastUsedAt)),
      counts: groupsOf(counts, ({ hourAt, outcome }) => [hourAt, outcome]).map(addUp),
      sightings: groupsOf(sightings, ({ kind, name }) => [kind, name]).map(widest),
    };
  });
}

function latest(times: readonly (number | null)[]): number | null {
  return times.reduce((last, at) => (isTime(at) && (last === null || at > last) ? at : last), null);
}

function addUp(group: Group<UsageCount>): UsageCount {
  const total = group.reduce((sum, { count }) => sum + count, 0);
  return { ...group[0], count: Math.min(total, Number.MAX_SAFE_INTEGER) };
}

function widest(group: Group<Sighting>): Sighting {
  const [first] = group;
  return {
    ...first,
    firstAt: group.reduce((earliest, { firstAt }) => Math.min(earliest, firstAt), first.firstAt),
    lastAt: group.reduce((last, { lastAt }) => Math.max(last, lastAt), first.lastAt),
  };
}

function isCount({ hourAt, outcome, count }: UsageCount): boolean {
  return isTime(hourAt) && isName(outcome) && Number.isSafeInteger(count) && count > 0;
}

function isSighting({ name, firstAt, lastAt }: Sighting): boolean {
  return isName(name) && isTime(firstAt) && isTime(lastAt);
}

function isName(text: string): boolean {
  return text !== "" && text.length <= MAX_USAGE_NAME_LENGTH && isStorable(text);
}

function isTime(at: number | null): at is number {
  return at !== null && Number.isSafeInteger(at) && at >= 0 && at <= MAX_TIME_MS;
}

type Group<Item> = readonly [Item, ...Item[]];
type Name = readonly [string | number, string];

/** The items that share a name, by the order of the names. */
function groupsOf<Item>(items: readonly Item[], nameOf: (item: Item) => Name): readonly Group<Item>[] {
  const sorted = items.map((item) => ({ item, name: nameOf(item) })).sort((a, b) => compare(a.name, b.name));
  const groups: { readonly name: Name; readonly items: [Item, ...Item[]] }[] = [];
  for (const { item, name } of sorted) {
    const last = groups.at(-1);
    if (last !== undefined && compare(last.name, name) === 0) last.items.push(item);
    else groups.push({ name, items: [item] });
  }
  return groups.map((group) => group.items);
}

function compare([a, aRest]: Name, [b, bRest]: Name): number {
  if (a !== b) return a < b ? -1 : 1;
  if (aRest === bRest) return 0;
  return aRest < bRest ? -1 : 1;
}
