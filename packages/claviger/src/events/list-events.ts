import { type AuditEvent, type EventQuery, formatEventCursor, parseEventListInput } from "@claviger/core";
import type { Shell } from "../shell.js";
import type { EventListPage } from "./event-manager.js";

/** A page of a tenant's events. */
export async function listEvents({ store }: Shell, tenant: string, input: unknown): Promise<EventListPage> {
  const { items, next } = await store.events(parseEventListInput(input, tenant));
  return { items, ...(next !== undefined && { nextCursor: formatEventCursor(next) }) };
}

/** All events that a query is for, from page to page. */
export async function* eachEvent(
  { store }: Shell,
  query: Omit<EventQuery, "after" | "limit">,
): AsyncGenerator<AuditEvent> {
  for (let after: EventQuery["after"]; ; ) {
    const { items, next } = await store.events({ ...query, ...(after !== undefined && { after }), limit: 100 });
    yield* items;
    if (next === undefined) return;
    after = next;
  }
}
