import { type AuditEvent, type FeedPage, unknownPosition } from "@claviger/core";
import type { MemoryData } from "./memory-data.js";

const POSITION = /^(0|[1-9][0-9]{0,15})$/;

/** A position is how many events were committed before it, purged ones included. */
export function feed(data: MemoryData, after: string | undefined, limit: number): FeedPage {
  const start = after === undefined ? 0 : positionOf(data, after);
  const items: AuditEvent[] = [];
  let next = start;
  for (let index = data.feed.countBefore({ at: start, id: "" }); items.length < limit; index += 1) {
    const place = data.feed.at(index);
    const entry = place && data.events.get(place.id);
    if (entry === undefined) {
      next = data.committed;
      break;
    }
    items.push(entry.event);
    next = entry.place + 1;
  }
  return { items, ...(data.committed > 0 && { position: String(next) }) };
}

function positionOf({ committed }: MemoryData, text: string): number {
  const position = Number(text);
  if (POSITION.test(text) && position <= committed) return position;
  throw unknownPosition(text);
}
