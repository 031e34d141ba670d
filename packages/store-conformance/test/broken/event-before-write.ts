import type { ChangeEvent } from "@claviger/core";
import { type BrokenStore, memoryBut, roundTrip } from "./broken-store.js";

export const eventBeforeWrite: BrokenStore = {
  fault: "writes the event before the change, which may not come about",
  create: memoryBut((inner) => {
    const log: ChangeEvent[] = [];
    return {
      insert: async (key, cap, event) => {
        log.push(event);
        await roundTrip();
        return inner.insert(key, cap, event);
      },
      replace: async (next, expectedVersion, event) => {
        log.push(event);
        await roundTrip();
        return inner.replace(next, expectedVersion, event);
      },
      events: async (query) => {
        const page = await inner.events(query);
        const isNew = ({ id }: ChangeEvent) => page.items.every((event) => event.id !== id);
        const early = log.filter(
          (event) => event.keyId === query.keyId && event.tenant === query.tenant && isNew(event),
        );
        return page.next === undefined ? { items: [...page.items, ...early] } : page;
      },
    };
  }),
  caughtBy: [
    "promise 8: while a key is changed, nobody sees a change without its event, nor an event before its change",
    "replace at another version is a `conflict` that carries the current key, and writes nothing, no event either",
    "QL-26: insert beyond the owner's cap is `limit_reached`, and writes nothing",
  ],
};
