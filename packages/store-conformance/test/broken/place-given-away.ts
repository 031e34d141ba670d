import { type BrokenStore, memoryBut } from "./broken-store.js";

export const placeGivenAway: BrokenStore = {
  fault: "lets no key be changed, only ended for good, once an insert has found that its time was over",
  create: memoryBut((inner) => {
    const ends = new Map<string, number | null>();
    const marked = new Set<string>();
    return {
      insert: async (key, cap, event) => {
        for (const [id, end] of ends) if (end !== null && end <= cap.nowMs) marked.add(id);
        ends.set(key.id, key.expiresAt);
        return inner.insert(key, cap, event);
      },
      replace: async (next, expectedVersion, event) => {
        const [current] = await inner.find([next.id], next.tenant);
        const isChange = next.state === "active" || next.state === "disabled";
        if (isChange && marked.has(next.id) && current !== undefined) return { outcome: "conflict", current };
        return inner.replace(next, expectedVersion, event);
      },
    };
  }),
  caughtBy: ["a key whose place another took can be changed as long as it ends no later, and is no more alive for it"],
};
