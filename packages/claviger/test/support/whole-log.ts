import type { AuditEvent, CloudEvent } from "@claviger/core";
import type { EventListInput, EventManager, KeyringEvents } from "../../src/events/event-manager.js";

/** All events that a list shows, from page to page. */
export async function wholeLog(events: EventManager, input: EventListInput = {}): Promise<readonly AuditEvent[]> {
  const all: AuditEvent[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await events.list({ sort: "oldest", ...input, ...(cursor !== undefined && { cursor }) });
    all.push(...page.items);
    if (page.nextCursor === undefined) return all;
    cursor = page.nextCursor;
  }
}

/** Everything that is in the feed after a position, to where nothing more comes. */
export async function wholeFeed(events: KeyringEvents, position?: string, limit = 100): Promise<readonly CloudEvent[]> {
  const all: CloudEvent[] = [];
  for (let next = position; ; ) {
    const page = await events.after(next, { limit });
    all.push(...page.items);
    if (page.items.length === 0) return all;
    next = page.position;
  }
}
