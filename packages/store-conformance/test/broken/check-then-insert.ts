import { type BrokenStore, memoryBut, roundTrip } from "./broken-store.js";

export const checkThenInsert: BrokenStore = {
  fault: "counts an owner's live keys, and then inserts",
  create: memoryBut((inner) => {
    const owned = new Map<string, string[]>();
    return {
      insert: async (key, cap, event) => {
        const owner = JSON.stringify([key.tenant, key.owner]);
        const before = owned.get(owner) ?? [];
        const live = (await inner.find(before)).filter((other) => other?.state === "active");
        await roundTrip();
        if (live.length >= cap.maxLive) return inner.insert(key, cap, event);
        const result = await inner.insert(key, { ...cap, maxLive: Number.MAX_SAFE_INTEGER }, event);
        if (result.outcome === "inserted") owned.set(owner, [...(owned.get(owner) ?? []), key.id]);
        return result;
      },
    };
  }),
  caughtBy: ["fifty parallel inserts against a cap of five leave five, 20 runs of 20"],
};
