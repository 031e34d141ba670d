import type { Store } from "@claviger/core";
import { type BrokenStore, memoryBut } from "../broken-store.js";

/** Tenants by whatever belongs to them, as far as it was written. */
export interface TenantsSeen {
  readonly all: ReadonlySet<string>;
  /** Of the first who wrote about this key or owner. */
  readonly firstOf: (name: string) => string | undefined;
}

/** A store of which one method forgets whose tenant it was asked about. */
export function forgetsTenantIn(
  method: string,
  forget: (inner: Store, seen: TenantsSeen) => Partial<Store>,
  caughtBy: readonly string[],
): BrokenStore {
  const create = memoryBut((inner) => {
    const all = new Set<string>();
    const first = new Map<string, string>();
    const see = (tenant: string, name: string): void => {
      all.add(tenant);
      if (!first.has(name)) first.set(name, tenant);
    };
    const forgetful = forget(inner, { all, firstOf: (name) => first.get(name) });
    const { insert, append, settings, owners } = { ...inner, ...forgetful };
    return {
      ...forgetful,
      insert: async (key, cap, event) => {
        const result = await insert(key, cap, event);
        if (result.outcome === "inserted") {
          see(key.tenant, key.id);
          see(key.tenant, key.owner);
        }
        return result;
      },
      append: async (events) => {
        for (const { tenant, keyId } of events) see(tenant, keyId ?? "");
        await append(events);
      },
      settings: {
        ...settings,
        replace: async (next, expectedVersion, event) => {
          const result = await settings.replace(next, expectedVersion, event);
          if (result.outcome === "replaced") see(next.tenant, "settings");
          return result;
        },
      },
      owners: {
        ...owners,
        suspend: async (event) => {
          const result = await owners.suspend(event);
          see(event.tenant, event.owner);
          return result;
        },
      },
    };
  });
  return { fault: `forgets the tenant in ${method}`, create, caughtBy };
}
