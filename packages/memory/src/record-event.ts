import type { AuditEvent, NoteEvent } from "@claviger/core";
import { entryOf, frozenCopy, type MemoryData } from "./memory-data.js";
import { createOrder } from "./order.js";

/** @throws Error another event has the id: a change without its event must not be */
export function recordEvent(data: MemoryData, event: AuditEvent): void {
  if (data.events.has(event.id)) throw new Error(`another event has the id ${event.id}`);
  const place = data.committed;
  data.committed += 1;
  data.events.set(event.id, { event: frozenCopy(event), place });
  data.feed.add({ at: place, id: event.id });
  entryOf(data.log, event.tenant, createOrder).add(event);
}

/** Records what is not there yet. */
export function append(data: MemoryData, events: readonly NoteEvent[]): void {
  for (const event of events) {
    if (!data.events.has(event.id)) recordEvent(data, event);
  }
}
