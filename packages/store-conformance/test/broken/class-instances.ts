import type { Store } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

class Row {}

const asRow = <T extends object>(value: T): T => Object.assign(new Row(), value);

function returns(fault: string, change: (inner: Store) => Partial<Store>): BrokenStore {
  return {
    fault,
    create: memoryBut(change),
    caughtBy: [
      "results are plain objects and arrays: what find, list, events and every other method return is no instance of a class",
    ],
  };
}

export const classInstances: readonly BrokenStore[] = [
  returns("finds instances of a class", (inner) => ({
    find: async (ids, tenant) => (await inner.find(ids, tenant)).map((key) => key && asRow(key)),
  })),
  returns("lists instances of a class", (inner) => ({
    list: async (query) => {
      const page = await inner.list(query);
      return { ...page, items: page.items.map(asRow) };
    },
  })),
  returns("returns pages of events as objects without a prototype", (inner) => ({
    events: async (query) => Object.assign(Object.create(null), await inner.events(query)),
  })),
];
