import type { Sighting, UsageCount } from "@claviger/core";
import { type Item, numberOf, textOf } from "../client/item.js";
import { timeText } from "../order/place.js";

/** Before each outcome in the name of its counter: no attribute is called `pk`, and none `__proto__`. */
const COUNTER = "count#";
const HOUR = "hour#";
const SEEN = "seen#";

/** The counters of an hour are one item, so that a flush writes small ones, and an interval is a range. */
export function hourSortKey(hourAt: number): string {
  return `${HOUR}${timeText(hourAt)}`;
}

export function sightingSortKey({ kind, name }: Pick<Sighting, "kind" | "name">): string {
  return `${SEEN}${kind}#${name}`;
}

export const SIGHTINGS_BEGIN: string = SEEN;

export function counterName(outcome: string): string {
  return `${COUNTER}${outcome}`;
}

export function countsOf(item: Item): readonly UsageCount[] {
  const hourAt = Number(textOf(item, "sk")?.slice(HOUR.length));
  return Object.keys(item)
    .filter((name) => name.startsWith(COUNTER))
    .sort()
    .map((name) => ({ hourAt, outcome: name.slice(COUNTER.length), count: numberOf(item, name) ?? 0 }));
}

export function sightingOf(item: Item): Sighting | undefined {
  const [kind, name] = [textOf(item, "kind"), textOf(item, "name")];
  if (name === null || (kind !== "secret" && kind !== "scope" && kind !== "client")) return undefined;
  return { kind, name, firstAt: numberOf(item, "firstAt") ?? 0, lastAt: numberOf(item, "lastAt") ?? 0 };
}
