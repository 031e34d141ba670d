import { cloudEventOf, parseFeedInput } from "@claviger/core";
import type { Shell } from "../shell.js";
import { createEventManager } from "./create-event-manager.js";
import type { EventFeedPage, KeyringEvents } from "./event-manager.js";

/** The audit log of one tenant, and what concerns the events of all. */
export function createKeyringEvents(shell: Shell, tenant: string): KeyringEvents {
  return Object.freeze({
    ...createEventManager(shell, tenant),
    on: shell.hub.on,
    after: async (position, options) => readOn(shell, position, options),
  } satisfies KeyringEvents);
}

async function readOn({ store }: Shell, from: unknown, options: unknown): Promise<EventFeedPage> {
  const { position, limit } = parseFeedInput(from, options);
  const page = await store.feed(position, limit);
  const next = page.position ?? position;
  return { items: page.items.map(cloudEventOf), ...(next !== undefined && { position: next }) };
}
