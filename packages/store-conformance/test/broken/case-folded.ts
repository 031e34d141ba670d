import { type BrokenStore, memoryBut } from "./broken-store.js";

export const caseFolded: readonly BrokenStore[] = [
  {
    fault: "takes ids for the same that differ in case",
    create: memoryBut((inner) => {
      const known = new Map<string, string>();
      return {
        insert: (key, cap, event) => {
          known.set(key.id.toLowerCase(), key.id);
          return inner.insert(key, cap, event);
        },
        find: (ids, tenant) =>
          inner.find(
            ids.map((id) => known.get(id.toLowerCase()) ?? id),
            tenant,
          ),
      };
    }),
    caughtBy: ["ids that differ only in case are those of two keys, each with its own usage and events"],
  },
  {
    fault: "takes meters for the same whose names differ in case",
    create: memoryBut((inner) => ({
      consume: (requests, nowMs) =>
        inner.consume(
          requests.map(({ charges, ...request }) => ({
            ...request,
            charges: charges.map((charge) => ({ ...charge, meter: charge.meter.toLowerCase() })),
          })),
          nowMs,
        ),
    })),
    caughtBy: ["meters whose names differ only in case are two meters, in one request and in several"],
  },
];
