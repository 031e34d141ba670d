import type { AuditEvent, ObservationEvent } from "@claviger/core";
import { entryOf, frozenCopy, type MemoryData } from "./memory-data.js";
import { createOrder } from "./order.js";

/** @throws Error another event has the id: a change without its event must not be */
export function recordEvent(data: MemoryData, event: AuditEvent): void {
  if (data.events.has(event.id)) throw new Error(`another event has the id ${event.id}`);
  data.events.set(event.id, frozenCopy(event));
  entryOf(data.log, event.tenant, createOrder).add(event);
}

/** Records what is not there yet. */
export function append(data: MemoryData, events: readonly ObservationEvent[]): void {
  for (const event of events) {
    if (!data.events.has(event.id)) recordEvent(data, event);
  }
}
