import { type BrokenStore, memoryBut } from "./broken-store.js";

const IN_ORDER = "find answers every id in the order asked, repetitions too, with undefined for what is not there";

export const findDisordered: readonly BrokenStore[] = [
  {
    fault: "finds keys in the order of their ids",
    create: memoryBut((inner) => ({ find: (ids, tenant) => inner.find(ids.toSorted(), tenant) })),
    caughtBy: [IN_ORDER],
  },
  {
    fault: "finds a key once that was asked for twice",
    create: memoryBut((inner) => ({ find: (ids, tenant) => inner.find([...new Set(ids)], tenant) })),
    caughtBy: [IN_ORDER],
  },
  {
    fault: "leaves out what it does not find",
    create: memoryBut((inner) => ({
      find: async (ids, tenant) => (await inner.find(ids, tenant)).filter((key) => key !== undefined),
    })),
    caughtBy: [
      IN_ORDER,
      "find takes any text for an id: what cannot exist is merely absent, and disturbs no neighbour",
    ],
  },
  {
    fault: "throws at an id that no key can have",
    create: memoryBut((inner) => ({
      find: async (ids, tenant) => {
        if (ids.some((id) => id.length !== 16 && id !== "none")) throw new RangeError("an id has 16 characters");
        return inner.find(ids, tenant);
      },
    })),
    caughtBy: ["find takes any text for an id: what cannot exist is merely absent, and disturbs no neighbour"],
  },
];
