import type { AuditEvent } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

export const keepsGivenEvents: BrokenStore = {
  fault: "keeps the events that it is given, not copies",
  create: memoryBut((inner) => {
    const given = new Map<string, AuditEvent>();
    const keep = <Event extends AuditEvent>(event: Event): Event => {
      if (!given.has(event.id)) given.set(event.id, event);
      return event;
    };
    return {
      insert: (key, cap, event) => inner.insert(key, cap, keep(event)),
      replace: (next, expectedVersion, event) => inner.replace(next, expectedVersion, keep(event)),
      append: (events) => inner.append(events.map(keep)),
      settings: {
        ...inner.settings,
        replace: (next, expectedVersion, event) => inner.settings.replace(next, expectedVersion, keep(event)),
      },
      owners: {
        ...inner.owners,
        suspend: (event) => inner.owners.suspend(keep(event)),
        resume: (event) => inner.owners.resume(keep(event)),
      },
      events: async (query) => {
        const page = await inner.events(query);
        return { ...page, items: page.items.map((event) => structuredClone(given.get(event.id) ?? event)) };
      },
    };
  }),
  caughtBy: [
    "copies in: what a caller does to the key and the event that he gave to insert changes nothing in the store",
    "copies in: what a caller does to the key and the event that he gave to replace changes nothing in the store",
    "copies in: what a caller does to the events that he gave to append changes nothing in the store",
    "copies in: what a caller does to the settings and the event that he gave to settings.replace changes nothing in the store",
    "copies in: what a caller does to the events that he gave to owners.suspend and owners.resume changes nothing in the store",
  ],
};
