import type { Store } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

export const capabilitiesWrong: readonly BrokenStore[] = [
  {
    fault: "lets its capabilities be changed",
    create: memoryBut((inner) => ({ capabilities: { ...inner.capabilities } })),
    caughtBy: ["capabilities are declared, all that the kit knows and no other, and nobody's to change"],
  },
  {
    fault: "declares a capability that the kit has no tests for",
    create: memoryBut((inner) => {
      const capabilities: Store["capabilities"] & { readonly transactions: true } = {
        ...inner.capabilities,
        transactions: true,
      };
      return { capabilities: Object.freeze(capabilities) };
    }),
    caughtBy: ["capabilities are declared, all that the kit knows and no other, and nobody's to change"],
  },
];
