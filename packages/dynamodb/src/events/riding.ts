import type { AuditEvent } from "@claviger/core";
import type { Database } from "../client/database.js";
import { attribute, type Item, type ItemKey, textOf } from "../client/item.js";
import { anchorOf } from "../keys/anchor.js";
import { log, takeAway } from "./log.js";
import { eventAttributes, eventOf, RIDING_ATTRIBUTES } from "./log-item.js";

/**
 * A change and its event are one write: the event rides in the item that it changes (a key, settings, a standing), and
 * is copied into the log afterwards, by the writer or by whoever next wants to change the item.
 *
 *     write v2 with e2   ├──── e2 rides ─────┤
 *     log e2                    ├──────────────────────────────  only if it is not there
 *     e2 into the feed               ├─────────────────────────  behind all that is there
 *     clear                                   ├────────────────  only if it is e2 that rides
 *     write v3 with e3                           ├── e3 …        only if nothing rides
 *
 * A copier who comes late finds e2 in the log, and something else riding or nothing: he leaves both. So an event is
 * never lost, and never in the log twice. In the feed it may be, behind where it first was, even behind e3; first it is
 * before e3 all the same.
 *
 * A copier so late that e2 was purged meanwhile puts it back into the log. He finds out when there is nothing to clear: the
 * anchor, which he sees with it, stands for e2 already. So he takes it away again.
 */
export const NO_EVENT_RIDES = "attribute_not_exists(#event)";
const THIS_EVENT_RIDES = "#eventId = :eventId AND attribute_exists(#event)";

/** What a write carries of its event. The id stays, so that a repetition of the write knows itself. */
export function riding(event: AuditEvent): Item {
  return { eventId: attribute(event.id), ridesAs: attribute(event.id), ...eventAttributes(event) };
}

/** Whether an item is what the write with this event made of it. */
export function isWrittenWith(item: Item, event: AuditEvent): boolean {
  return textOf(item, "eventId") === event.id;
}

/** The event that rides in an item. */
export function ridingEvent(item: Item): AuditEvent | undefined {
  return eventOf(item);
}

/** Takes the event that rides in an item into the log and the feed. */
export async function copyOut(database: Database, address: ItemKey, event: AuditEvent): Promise<void> {
  await log(database, event);
  const cleared = await database.update(address, {
    update: `REMOVE ${RIDING_ATTRIBUTES.map((name) => `#${name}`).join(", ")}`,
    condition: THIS_EVENT_RIDES,
    values: { ":eventId": attribute(event.id) },
  });
  if (!cleared.written && isPurged(event, cleared.current)) await takeAway(database, event);
}

/** @param carrier what the event rode in, as it is now */
function isPurged({ version, chain }: AuditEvent, carrier: Item | undefined): boolean {
  const anchor = carrier === undefined ? null : anchorOf(carrier);
  return anchor !== null && chain !== undefined && version !== undefined && version <= anchor.version;
}
