import type { Store, StoredKey, TenantSettings } from "@claviger/core";
import { type BrokenStore, handlesOver } from "./broken-store.js";

function withFindCache(inner: Store): Store {
  const cache = new Map<string, StoredKey | undefined>();
  return {
    ...inner,
    async find(ids, tenant) {
      const missing = ids.filter((id) => !cache.has(id));
      const found = await inner.find(missing);
      missing.forEach((id, place) => {
        cache.set(id, found[place]);
      });
      return ids.map((id) => {
        const key = cache.get(id);
        return tenant === undefined || key?.tenant === tenant ? key : undefined;
      });
    },
    async insert(key, cap, event) {
      cache.delete(key.id);
      return inner.insert(key, cap, event).finally(() => cache.delete(key.id));
    },
    async replace(next, expectedVersion, event) {
      return inner.replace(next, expectedVersion, event).finally(() => cache.delete(next.id));
    },
    async recordUsage(batch) {
      await inner.recordUsage(batch);
      for (const { keyId } of batch) cache.delete(keyId);
    },
  };
}

function withSettingsCache(inner: Store): Store {
  const cache = new Map<string, TenantSettings | undefined>();
  return {
    ...inner,
    settings: {
      async get(tenants) {
        for (const tenant of tenants) {
          if (!cache.has(tenant)) cache.set(tenant, (await inner.settings.get([tenant]))[0]);
        }
        return tenants.map((tenant) => cache.get(tenant));
      },
      replace(next, expectedVersion, event) {
        return inner.settings.replace(next, expectedVersion, event).finally(() => cache.delete(next.tenant));
      },
    },
  };
}

const seenBy = (read: string) =>
  `handles agree: ${read}, having been read through one, shows at once what another has written since`;

export const handlesCache: readonly BrokenStore[] = [
  {
    fault: "caches in each handle what find found, until that handle writes",
    create: handlesOver(withFindCache),
    caughtBy: [
      seenBy("find"),
      "promise 2: no key comes back in 300 trials of revoke amid verifies, usage writes and rehashes",
    ],
  },
  {
    fault: "caches settings in each handle, until that handle writes them",
    create: handlesOver(withSettingsCache),
    caughtBy: [seenBy("settings.get")],
  },
];
