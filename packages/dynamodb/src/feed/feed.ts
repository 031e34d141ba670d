import type { AuditEvent, EventLog, FeedPage } from "@claviger/core";
import type { Database } from "../client/database.js";
import { addressOf, attribute, type ItemKey } from "../client/item.js";
import { eventOf } from "../events/log-item.js";
import { FEED_PARTITION, feedAddress } from "../table/addresses.js";
import { collectRiding } from "./collect-riding.js";
import { fromEntryItem } from "./feed-entry.js";
import { formatPosition, type Position, parsePosition, unknownPosition } from "./position.js";

/** How often one call looks further where all that it met was purged; its reader comes again. */
const MAX_LOOKS = 8;
const LOOKED_AT = 100;

/**
 * The entries tell where the events are in the log, from where they are read as they are now. Who has come to the end
 * takes in what still rides, whose writer may have died, and looks again.
 */
export function prepareFeed(database: Database): EventLog["feed"] {
  return async (after, limit) => {
    const start = after === undefined ? undefined : parsePosition(after);
    const page = await readFeed(database, start, limit);
    if (page.items.length === limit || !(await collectRiding(database))) return page;
    return readFeed(database, start, limit);
  };
}

async function readFeed(database: Database, start: Position | undefined, limit: number): Promise<FeedPage> {
  const items: AuditEvent[] = [];
  let position = start;
  for (let looks = 1; looks <= MAX_LOOKS && items.length === 0; looks += 1) {
    const { places, isEnd } = await placesAfter(database, position, looks === 1 ? limit : LOOKED_AT);
    const found = new Map(
      (await database.getMany(places.map(({ event }) => event))).map((item) => [nameOf(addressOf(item)), item]),
    );
    for (const place of places) {
      if (items.length === limit) break;
      position = place;
      const name = nameOf(place.event);
      const item = found.get(name);
      // Purged since; or entered twice, and here already.
      if (item === undefined) continue;
      found.delete(name);
      const event = eventOf(item);
      if (event !== undefined) items.push(event);
    }
    if (isEnd) break;
  }
  return { items, ...(position !== undefined && { position: formatPosition(position) }) };
}

interface Place extends Position {
  readonly event: ItemKey;
}

interface Places {
  readonly places: readonly Place[];
  readonly isEnd: boolean;
}

/**
 * What comes next in the feed. The entry of the position itself is read again, which shows that it was given here.
 *
 * A query is no snapshot: it may pass a number by before that is taken, and then meet a later one that was taken after
 * it. So what comes behind a gap is left to who comes again.
 */
async function placesAfter(database: Database, after: Position | undefined, most: number): Promise<Places> {
  const first = after?.number ?? 1;
  const { items, next } = await database.query({
    keyCondition: "#pk = :feed AND #sk >= :first",
    values: { ":feed": attribute(FEED_PARTITION), ":first": attribute(feedAddress(first).sk) },
    forward: true,
    limit: most + 1,
  });
  const entries = items.map(fromEntryItem);
  const known = entries[0]?.number === first ? entries[0].events.length : 0;
  if (after !== undefined && known < after.count) throw unknownPosition();
  const gapless = entries.filter(({ number }, index) => number === first + index);
  const places = gapless
    .flatMap(({ number, events }) => events.map((event, index): Place => ({ number, count: index + 1, event })))
    .slice(after?.count ?? 0);
  return { places: places.slice(0, most), isEnd: places.length <= most && next === undefined };
}

function nameOf({ pk, sk }: ItemKey): string {
  return JSON.stringify([pk, sk]);
}
