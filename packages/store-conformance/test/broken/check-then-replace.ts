import type { Store } from "@claviger/core";
import { type BrokenStore, memoryBut, roundTrip } from "./broken-store.js";

/** Writes the key whatever its version is by now. */
async function overwrite(inner: Store, ...[next, , event]: Parameters<Store["replace"]>): ReturnType<Store["replace"]> {
  for (;;) {
    const [current] = await inner.find([next.id], next.tenant);
    const result = await inner.replace(next, current?.version ?? 0, event);
    if (result.outcome !== "conflict") return result;
  }
}

export const checkThenReplace: BrokenStore = {
  fault: "compares the version, and then writes the key whole: whoever came between loses his update of the metadata",
  create: memoryBut((inner) => ({
    replace: async (next, expectedVersion, event) => {
      const [current] = await inner.find([next.id], next.tenant);
      await roundTrip();
      if (current?.version !== expectedVersion) return inner.replace(next, expectedVersion, event);
      return overwrite(inner, next, expectedVersion, event);
    },
  })),
  caughtBy: [
    "no update is lost: thirty writers that each add one, repeating on conflict, add thirty",
    "of fifty parallel replaces at one version one wins, and the others are told what it wrote",
  ],
};
