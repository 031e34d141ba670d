import { type BrokenStore, memoryBut } from "./broken-store.js";

export const spendsOnRefusal: BrokenStore = {
  fault: "spends what fits of a request that one meter refuses",
  create: memoryBut((inner) => ({
    consume: async (requests, nowMs) => {
      const results = await inner.consume(requests, nowMs);
      const refused = requests.filter((_, place) => results[place]?.admitted === 0);
      const alone = refused.flatMap((request) => request.charges.map((charge) => ({ ...request, charges: [charge] })));
      await inner.consume(alone, nowMs);
      return results;
    },
  })),
  caughtBy: ["promise 3: a request that one meter refuses spends nothing of the others, first or last"],
};
