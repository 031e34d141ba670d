import type { TenantSettings } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

export const keepsGivenSettings: BrokenStore = {
  fault: "keeps the settings that it is given, not copies",
  create: memoryBut((inner) => {
    const given = new Map<string, TenantSettings>();
    return {
      settings: {
        get: async (tenants) => tenants.map((tenant) => structuredClone(given.get(tenant))),
        replace: async (next, expectedVersion, event) => {
          const result = await inner.settings.replace(next, expectedVersion, event);
          if (result.outcome === "replaced") given.set(next.tenant, next);
          return result;
        },
      },
    };
  }),
  caughtBy: [
    "copies in: what a caller does to the settings and the event that he gave to settings.replace changes nothing in the store",
  ],
};
