import type { AuditEvent } from "@claviger/core";
import { attributes, type Item, jsonOf } from "../client/item.js";
import { placeText } from "../order/place.js";
import { tenantPartition } from "../table/addresses.js";

/**
 * What an item has of an event, be it the event's own or one that the event still rides in. The index `log` is over
 * `logOf` and `logAt`, and carries `event`: so it shows an event wherever it is.
 */
export function eventAttributes(event: AuditEvent): Item {
  return attributes({ event: JSON.stringify(event), logOf: tenantPartition(event.tenant), logAt: placeText(event) });
}

/**
 * What a carrier has only as long as its event rides: `ridesAs` shows it to readers of the feed (table/indexes.ts),
 * `formerOwner` tells whose place a deletion has to give back (keys/erase-with-key.ts).
 */
export const RIDING_ATTRIBUTES = ["event", "logOf", "logAt", "ridesAs", "formerOwner"] as const;

/** @throws Error what stands there is no JSON */
export function eventOf(item: Item): AuditEvent | undefined {
  return item.event === undefined ? undefined : jsonOf<AuditEvent>(item, "event");
}
