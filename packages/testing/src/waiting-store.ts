import type { Store } from "@claviger/core";

/** A store as it is, but that nothing of it comes at once: as of a store that is somewhere else. */
export function waitingStore(inner: Store): Store {
  const { settings, owners } = inner;
  return {
    ...inner,
    consume: (...given) => inner.consume(...given),
    settings: { ...settings, get: (tenants) => settings.get(tenants) },
    owners: { ...owners, read: (asked) => owners.read(asked) },
  };
}
