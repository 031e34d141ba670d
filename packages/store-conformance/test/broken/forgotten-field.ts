import { type BrokenStore, memoryBut } from "./broken-store.js";

export const forgottenField: BrokenStore = {
  fault: "does not write what an update makes of notBefore",
  create: memoryBut((inner) => ({
    replace: async (next, expectedVersion, event) => {
      const [current] = await inner.find([next.id], next.tenant);
      const keeps = next.state !== "destroyed" && current !== undefined && current.state !== "destroyed";
      return inner.replace(keeps ? { ...next, notBefore: current.notBefore } : next, expectedVersion, event);
    },
  })),
  caughtBy: ["replace at the expected version puts every field of the next key in place"],
};
