import { addressOf, attribute, type Item, type ItemKey, keyAttributes, textOf } from "../client/item.js";
import { type Position, parsePosition } from "./position.js";

/** Under 1 KB each, so that an entry has under a fourth of the 400 KB of an item. */
export const MAX_EVENTS = 100;

/** Which events are next in the feed: where they are in the log, not what they say. Never changed, never taken away. */
export interface FeedEntry {
  /** From 1, without a gap. */
  readonly number: number;
  readonly events: readonly ItemKey[];
  /** Up to there everything was purged, from the first event of this entry on: feed/gone-run.ts. Null: nobody knows. */
  readonly goneUntil: Position | null;
}

/** @param attempt what no other attempt to write an entry has: a write that the SDK repeats knows itself by it */
export function toEntryItem(events: readonly ItemKey[], attempt: string): Item {
  return { attempt: attribute(attempt), events: { L: events.map((event) => ({ M: keyAttributes(event) })) } };
}

export function fromEntryItem(item: Item): FeedEntry {
  const events = (item.events?.L ?? []).map(({ M = {} }) => addressOf(M));
  const goneUntil = textOf(item, "goneUntil");
  return {
    number: Number(textOf(item, "sk")),
    events,
    goneUntil: goneUntil === null ? null : parsePosition(goneUntil),
  };
}
