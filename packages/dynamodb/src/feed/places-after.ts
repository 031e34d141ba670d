import { unknownPosition } from "@claviger/core";
import type { Table } from "../client/database.js";
import { attribute, type ItemKey } from "../client/item.js";
import { FEED_PARTITION, feedAddress } from "../table/addresses.js";
import { type FeedEntry, fromEntryItem } from "./feed-entry.js";
import { formatPosition, type Position } from "./position.js";

/** A place in the feed, as a reader comes by. */
export interface Place {
  /** Of who has read it. */
  readonly position: Position;
  /** Absent: everything from the beginning of the entry up to that position is known to be gone. */
  readonly event?: ItemKey;
  /** The number of the entry whose first place this is. */
  readonly opens?: number;
}

export interface Places {
  readonly places: readonly Place[];
  readonly isEnd: boolean;
}

/**
 * What comes next in the feed. The entry of the position itself is read again, which shows that it was given here.
 *
 * A query is no snapshot: it may pass a number by before that is taken, and then meet a later one that was taken after
 * it. So what comes behind a gap is left to who comes again.
 *
 * @param most at most so many places
 * @throws ClavigerError `invalid_input`: the position is not one of this feed
 */
export async function placesAfter(table: Table, after: Position | undefined, most: number): Promise<Places> {
  const first = after?.number ?? 1;
  const { items, next } = await table.query({
    keyCondition: "#pk = :feed AND #sk >= :first",
    values: { ":feed": attribute(FEED_PARTITION), ":first": attribute(feedAddress(first).sk) },
    forward: true,
    limit: most + 1,
  });
  const entries = items.map(fromEntryItem);
  const known = entries[0]?.number === first ? entries[0].events.length : 0;
  if (after !== undefined && known < after.count) throw unknownPosition(formatPosition(after));
  const gapless = entries.filter(({ number }, index) => number === first + index);
  const places = placesOf(gapless, after);
  const last = places.at(-1);
  // A look that shows nothing new would show nothing the next time either.
  if (last === undefined) return { places, isEnd: true };
  const goesOn = next !== undefined || last.event === undefined || places.length > most;
  return { places: places.slice(0, most), isEnd: !goesOn };
}

/** Up to the first entry from which all is known to be gone for a while: it leads further than what comes behind it. */
function placesOf(entries: readonly FeedEntry[], after: Position | undefined): readonly Place[] {
  const places: Place[] = [];
  for (const { number, events, goneUntil } of entries) {
    const isBehind = goneUntil !== null && (after === undefined || isBefore(after, goneUntil));
    if (isBehind) return [...places, { position: goneUntil, opens: number }];
    const read = after?.number === number ? after.count : 0;
    for (const [index, event] of events.entries()) {
      if (index < read) continue;
      places.push({ position: { number, count: index + 1 }, event, ...(index === 0 && { opens: number }) });
    }
  }
  return places;
}

function isBefore(a: Position, b: Position): boolean {
  return a.number < b.number || (a.number === b.number && a.count < b.count);
}
