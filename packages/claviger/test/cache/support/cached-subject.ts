import { type SignalListener, type StopWatching, type Store, withAtOnce } from "@claviger/core";
import { type CachedStore, cachedStore } from "../../../src/cache/cached-store.js";
import { createStopwatch } from "../../../src/elapsed.js";
import { plainStore } from "../../../src/store/plain-store.js";
import { watchedStore } from "../../../src/store/watched-store.js";

/** As long as a test plays nothing gets too old: what is read anew was forgotten for its own sake. */
const CACHE = { maxStaleMs: 3_600_000, maxEntries: 1_000 };

/** A store with a cache before it, put together as a keyring does. */
export function behindCache(inner: Store): CachedStore {
  const watched = watchedStore(plainStore(inner));
  const cached = cachedStore(watched.store, CACHE, createStopwatch());
  watched.listen(cached.hear);
  return cached;
}

/**
 * As {@link behindCache}, for what is asked of any store. Two things more are told to the caches: that a key was made, and
 * that its use was written. Keyrings do without: nobody asks for a key before it is made, and verifies see `lastUsedAt` up
 * to `maxStaleMs` later; a store shows both at once.
 *
 * @param caches of all the handles on the same data; this one's joins them
 */
export function cachedSubject(inner: Store, caches: Set<SignalListener> = new Set()): Store {
  const { store, hear } = behindCache(inner);
  caches.add(hear);
  const tell = (keyId: string): void => {
    for (const told of caches) told({ kind: "key", keyId });
  };
  // Nobody but the keyring gets hold of its decorators, which set atOnce as any member; what is shown here is to be a store.
  for (const method of [store.consume, store.settings.get, store.owners.read]) withAtOnce(method, method.atOnce);
  return {
    ...store,
    insert: (key, ...given) => store.insert(key, ...given).finally(() => tell(key.id)),
    recordUsage: (batch) => store.recordUsage(batch).finally(() => batch.map(({ keyId }) => tell(keyId))),
  };
}

/** Another handle on what a store in memory holds, which can be closed without closing that. */
export function anotherHandle(inner: Store): Store {
  const ears = new Map<StopWatching, SignalListener>();
  return {
    ...inner,
    watch(listener) {
      const stop = inner.watch?.(listener) ?? (async () => undefined);
      ears.set(stop, listener);
      return async () => {
        ears.delete(stop);
        await stop();
      };
    },
    async close() {
      for (const listener of ears.values()) listener({ kind: "lost" });
      await Promise.all([...ears.keys()].map((stop) => stop()));
    },
  };
}
