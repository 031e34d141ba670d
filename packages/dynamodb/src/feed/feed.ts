import type { AuditEvent, EventLog, FeedPage } from "@claviger/core";
import type { Database } from "../client/database.js";
import { addressOf, type ItemKey } from "../client/item.js";
import { eventOf } from "../events/log-item.js";
import { createRidingCollector } from "./collect-riding.js";
import { createGoneRun } from "./gone-run.js";
import { type Place, placesAfter } from "./places-after.js";
import { formatPosition, type Position, parsePosition } from "./position.js";

/** Where all that was met was purged, each look goes further than the last, up to as many as are read at once. */
const FIRST_LOOKED_AT = 100;
const MOST_LOOKED_AT = 1_600;

/** How far a reader came, and what he met on the way. */
interface Part {
  readonly items: readonly AuditEvent[];
  readonly position: Position | undefined;
  readonly isEnd: boolean;
}

/**
 * The entries tell where the events are in the log, from where they are read as they are now. Who has come to the end
 * takes in what still rides, whose writer may have died, and goes on from there.
 */
export function prepareFeed(database: Database): EventLog["feed"] {
  const collectRiding = createRidingCollector(database);
  return async (after, limit) => {
    const first = await readFeed(database, after === undefined ? undefined : parsePosition(after), limit);
    if (first.items.length === limit || !first.isEnd || !(await collectRiding())) return pageOf(first);
    const rest = await readFeed(database, first.position, limit - first.items.length);
    const isNew = ({ id }: AuditEvent): boolean => first.items.every((event) => event.id !== id);
    return pageOf({ ...rest, items: [...first.items, ...rest.items.filter(isNew)] });
  };
}

function pageOf({ items, position }: Part): FeedPage {
  return { items, ...(position !== undefined && { position: formatPosition(position) }) };
}

/** Nothing is met only at the end: who stopped before it, at an empty page, would wait there for ever. */
async function readFeed(database: Database, start: Position | undefined, limit: number): Promise<Part> {
  const items: AuditEvent[] = [];
  const gone = createGoneRun(database);
  let position = start;
  let most = limit;
  let isEnd = false;
  while (items.length === 0 && !isEnd) {
    const next = await placesAfter(database, position, most);
    isEnd = next.isEnd;
    most = Math.min(Math.max(2 * most, FIRST_LOOKED_AT), MOST_LOOKED_AT);
    const found = await eventsAt(database, next.places);
    for (const place of next.places) {
      if (items.length === limit) break;
      position = place.position;
      const event = place.event && found.get(nameOf(place.event));
      if (event === undefined) {
        if (items.length === 0) await gone.add(place);
        continue;
      }
      // Where it was entered twice, the second place tells nothing new.
      if (!items.includes(event)) items.push(event);
    }
  }
  await gone.mark();
  return { items, position, isEnd };
}

/** What is there of these, as it is now. */
async function eventsAt(database: Database, places: readonly Place[]): Promise<ReadonlyMap<string, AuditEvent>> {
  const items = await database.getMany(places.flatMap(({ event }) => event ?? []));
  return new Map(
    items.flatMap((item) => {
      const event = eventOf(item);
      return event === undefined ? [] : [[nameOf(addressOf(item)), event] as const];
    }),
  );
}

function nameOf({ pk, sk }: ItemKey): string {
  return JSON.stringify([pk, sk]);
}
