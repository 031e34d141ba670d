import type { AuditEvent, EventLog, EventQuery } from "@claviger/core";
import type { Database } from "../client/database.js";
import { textOf } from "../client/item.js";
import { pageOf } from "../order/page.js";
import { placeText } from "../order/place.js";
import { type Bounds, boundsOf } from "../order/range.js";
import { type Found, type Walk, type Walked, walk } from "../order/walk.js";
import { isAddressable, keyAddress, logPartition, tenantPartition } from "../table/addresses.js";
import { LOG } from "../table/indexes.js";
import { eventOf } from "./log-item.js";

/**
 * Of a key by its own partition of the log, strongly consistent, together with the event that rides in the key. The key
 * is read first: what has been copied out by then is in the log, and what has not is in the key.
 *
 * Of a tenant by the index `log`, which shows events in the log and riding ones alike, and lags behind both.
 */
export function prepareEvents(database: Database): EventLog["events"] {
  return async (query) => {
    const bounds = boundsOf(query);
    if (bounds === undefined || !isAddressable(query.tenant)) return { items: [] };
    const walked = await (query.keyId === undefined
      ? walkLog(database, query, bounds, { index: LOG.name, names: LOG, partition: tenantPartition(query.tenant) })
      : walkKey(database, query, bounds, query.keyId));
    const { entries, last } = pageOf(walked, query.limit);
    return { items: entries, ...(last !== undefined && { next: last }) };
  };
}

async function walkKey(
  database: Database,
  query: EventQuery,
  bounds: Bounds,
  keyId: string,
): Promise<Walk<AuditEvent>> {
  if (!isAddressable(keyId)) return { found: [] };
  const item = await database.get(keyAddress(keyId));
  const rides = item !== undefined && textOf(item, "tenant") === query.tenant ? eventOf(item) : undefined;
  const names = { partition: "pk", place: "sk" };
  const logged = await walkLog(database, query, bounds, { names, partition: logPartition(query.tenant, keyId) });
  return rides === undefined || !matches(rides, query) ? logged : withRiding(logged, rides, query, bounds);
}

/** Where an event is both in the log and still riding, it is met once. */
function walkLog(database: Database, query: EventQuery, bounds: Bounds, walked: Walked): Promise<Walk<AuditEvent>> {
  const met = new Set<string>();
  return walk(database, walked, bounds, { ...query, filtered: true }, (item) => {
    const event = eventOf(item);
    if (event === undefined || met.has(event.id) || !matches(event, query)) return undefined;
    met.add(event.id);
    return event;
  });
}

/** What lies beyond the part of the log that was looked at is left to the page that looks there. */
function withRiding(
  { found, frontier }: Walk<AuditEvent>,
  event: AuditEvent,
  { order }: EventQuery,
  { low, high, skip }: Bounds,
): Walk<AuditEvent> {
  const place = placeText(event);
  const comesFirst = (a: string, b: string): boolean => (order === "oldest" ? a < b : a > b);
  const isOutside = place < low || place > high || place === skip;
  const isBeyond = frontier !== undefined && comesFirst(frontier, place);
  if (isOutside || isBeyond || found.some((each) => each.place === place))
    return { found, ...(frontier !== undefined && { frontier }) };
  const joined: Found<AuditEvent>[] = [...found, { place, entry: event }];
  joined.sort((a, b) => (comesFirst(a.place, b.place) ? -1 : 1));
  return { found: joined, ...(frontier !== undefined && { frontier }) };
}

function matches(event: AuditEvent, { actor, types, fromAt, beforeAt }: EventQuery): boolean {
  if (actor !== undefined && event.actor !== actor) return false;
  if (types !== undefined && !types.includes(event.type)) return false;
  return (fromAt === undefined || event.at >= fromAt) && (beforeAt === undefined || event.at < beforeAt);
}
