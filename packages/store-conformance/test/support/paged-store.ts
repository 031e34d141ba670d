import { MAX_TIME_MS, type Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";

/** Memory's store, of which each page holds one item at most. */
export function oneItemPages(): Store {
  const inner = memoryStore();
  return {
    ...inner,
    list: (query) => inner.list({ ...query, limit: 1 }),
    events: (query) => inner.events({ ...query, limit: 1 }),
    feed: (after) => inner.feed(after, 1),
    purgeEvents: (query) => inner.purgeEvents({ ...query, limit: 1 }),
    chains: (query) => inner.chains({ ...query, limit: 1 }),
  };
}

/** Memory's store, of which the first page of a walk is empty, and every page with an item in it says that more may follow. */
export function emptyFirstPages(): Store {
  const inner = memoryStore();
  return {
    ...inner,
    async list(query) {
      if (query.after === undefined) {
        return { items: [], next: { createdAt: firstTime(query.order), id: firstId(query.order) } };
      }
      const { items } = await inner.list(query);
      const last = items.at(-1);
      return { items, ...(last !== undefined && { next: { createdAt: last.createdAt, id: last.id } }) };
    },
    async events(query) {
      if (query.after === undefined) {
        return { items: [], next: { at: firstTime(query.order), id: firstId(query.order) } };
      }
      const { items } = await inner.events(query);
      const last = items.at(-1);
      return { items, ...(last !== undefined && { next: { at: last.at, id: last.id } }) };
    },
  };
}

const firstTime = (order: "newest" | "oldest"): number => (order === "oldest" ? 0 : MAX_TIME_MS);
const firstId = (order: "newest" | "oldest"): string => (order === "oldest" ? "" : "\uffff");
