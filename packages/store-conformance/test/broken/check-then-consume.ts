import { applyCharges, type Meter } from "@claviger/core";
import { type BrokenStore, memoryBut, roundTrip } from "./broken-store.js";

export const checkThenConsume: BrokenStore = {
  fault: "reads the meters, and then writes them",
  create: memoryBut(() => {
    const stored = new Map<string, Map<string, Meter>>();
    return {
      consume: async (requests, nowMs) => {
        const results = [];
        for (const { tenant, keyId, charges, units } of requests) {
          const name = JSON.stringify([tenant, keyId]);
          const meters = new Map(stored.get(name));
          await roundTrip();
          const applied = applyCharges(meters, charges, units);
          charges.forEach(({ meter }, index) => {
            const after = applied.meters[index];
            if (after) meters.set(meter, after);
          });
          stored.set(name, meters);
          results.push({ ...applied, nowUs: nowMs * 1000 });
        }
        return results;
      },
    };
  }),
  caughtBy: [
    "promise 3: 1000 calls at once under a limit of 100 by gcra admit exactly 100",
    "promise 3: 1000 calls at once under a limit of 100 by a fixed window admit exactly 100",
    "promise 3: 1000 calls at once under a limit of 100 by credits admit exactly 100",
  ],
};
