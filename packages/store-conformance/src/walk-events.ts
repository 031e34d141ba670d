import assert from "node:assert/strict";
import type { AuditEvent, EventPage, EventQuery, Store } from "@claviger/core";

/**
 * Reads events to the last that match.
 *
 * @param between called after each page, before the next one is asked for
 * @returns the events, in the order in which they were met
 */
export async function walkEvents(
  store: Store,
  query: EventQuery,
  between?: (page: number) => Promise<void>,
): Promise<AuditEvent[]> {
  const met: AuditEvent[] = [];
  let after = query.after;
  for (let pageNumber = 1; pageNumber <= 1_000; pageNumber += 1) {
    const page: EventPage<AuditEvent> = await store.events({ ...query, ...(after === undefined ? {} : { after }) });
    assert.ok(page.items.length <= query.limit, "a page holds at most `limit` items");
    met.push(...page.items);
    if (page.next === undefined) return met;
    after = page.next;
    await between?.(pageNumber);
  }
  return assert.fail("the events do not end");
}

/** All events about a key, oldest first: current, whatever the store. */
export function eventsOf(store: Store, key: { readonly tenant: string; readonly id: string }): Promise<AuditEvent[]> {
  return walkEvents(store, { tenant: key.tenant, keyId: key.id, order: "oldest", limit: 100 });
}

/** All events of a tenant, oldest first; where lists lag, as far as the index has caught up. */
export function eventsOfTenant(store: Store, tenant: string): Promise<AuditEvent[]> {
  return walkEvents(store, { tenant, order: "oldest", limit: 100 });
}
