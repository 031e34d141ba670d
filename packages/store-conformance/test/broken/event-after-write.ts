import type { AuditEvent } from "@claviger/core";
import { freshId } from "../../src/samples.js";
import { type BrokenStore, memoryBut, roundTrip } from "./broken-store.js";

export const eventAfterWrite: BrokenStore = {
  fault: "writes the event after the change, where it may be lost",
  create: memoryBut((inner) => {
    // Those whose change is there and whose event is not yet.
    const missing = new Set<string>();
    const late = async <Event extends AuditEvent, Result>(event: Event, write: (event: Event) => Promise<Result>) => {
      missing.add(event.id);
      try {
        // The change succeeds; its event goes wrong.
        return await write(event).catch(() => write({ ...event, id: freshId() }));
      } finally {
        await roundTrip();
        missing.delete(event.id);
      }
    };
    return {
      insert: (key, cap, event) => late(event, (each) => inner.insert(key, cap, each)),
      replace: (next, expectedVersion, event) => late(event, (each) => inner.replace(next, expectedVersion, each)),
      events: async (query) => {
        const page = await inner.events(query);
        return { ...page, items: page.items.filter(({ id }) => !missing.has(id)) };
      },
    };
  }),
  caughtBy: [
    "promise 8: while a key is changed, nobody sees a change without its event, nor an event before its change",
    "a change whose event's id is taken by another event is a fault, and changes nothing",
  ],
};
