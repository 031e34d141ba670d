import type { AuditEvent, EventPage, EventQuery } from "@claviger/core";
import type { MemoryData } from "./memory-data.js";
import { pageOf } from "./page.js";

export function events(data: MemoryData, query: EventQuery): EventPage<AuditEvent> {
  const log = data.log.get(query.tenant);
  if (log === undefined) return { items: [] };
  const { items, last } = pageOf(log, query, (id) => {
    const event = data.events.get(id)?.event;
    return event !== undefined && matches(event, query) ? event : undefined;
  });
  return { items, ...(last !== undefined && { next: { at: last.at, id: last.id } }) };
}

function matches(event: AuditEvent, { keyId, actor, types, fromAt, beforeAt }: EventQuery): boolean {
  if (keyId !== undefined && event.keyId !== keyId) return false;
  if (actor !== undefined && event.actor !== actor) return false;
  if (types !== undefined && !types.includes(event.type)) return false;
  return (fromAt === undefined || event.at >= fromAt) && (beforeAt === undefined || event.at < beforeAt);
}
