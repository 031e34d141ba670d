import { ClavigerError, type Consume, type OwnerRef, type Store } from "@claviger/core";
import { instead } from "./instead.js";

/**
 * Turns whatever a store throws into `store_unavailable`, and refuses work from the moment that it is closed. A store
 * that throws synchronously rejects all the same.
 *
 * @param settled ends what was begun before, and settles when it may be cut off; the store is ended even if that failed
 */
export function guardStore(store: Store, settled: () => Promise<void>): Store {
  let closing: Promise<void> | undefined;

  function refuseClosed(): void {
    if (closing !== undefined) throw new ClavigerError("store_unavailable", "the keyring is closed");
  }

  async function guarded<T>(work: () => Promise<T>, isRefusal?: (error: unknown) => boolean): Promise<T> {
    refuseClosed();
    // Waited for here, not by `translated`: every verify that asks the store passes, and each promise more costs it a turn.
    try {
      return await work();
    } catch (cause) {
      throw translation(cause, isRefusal);
    }
  }

  const guardedNow =
    <Given extends readonly unknown[], Result>(work: (...given: Given) => Result) =>
    (...given: Given): Result => {
      refuseClosed();
      try {
        return work(...given);
      } catch (cause) {
        throw translation(cause);
      }
    };

  return {
    capabilities: store.capabilities,
    find: (ids, tenant) => guarded(() => (tenant === undefined ? store.find(ids) : store.find(ids, tenant))),
    insert: (key, cap, event) => guarded(() => store.insert(key, cap, event)),
    replace: (next, expectedVersion, event) => guarded(() => store.replace(next, expectedVersion, event)),
    list: (query) => guarded(() => store.list(query)),
    consume: instead(
      store.consume,
      (...given: Parameters<Consume>) => guarded(() => store.consume(...given)),
      guardedNow,
    ),
    refund: (requests) => guarded(() => store.refund(requests)),
    recordUsage: (batch) => guarded(() => store.recordUsage(batch)),
    usage: (query) => guarded(() => store.usage(query)),
    append: (events) => guarded(() => store.append(events)),
    events: (query) => guarded(() => store.events(query)),
    feed: (after, limit) => guarded(() => store.feed(after, limit), isUnknownPosition),
    eraseEvents: (events, erasedAt) => guarded(() => store.eraseEvents(events, erasedAt)),
    purgeEvents: (query) => guarded(() => store.purgeEvents(query)),
    chains: (query) => guarded(() => store.chains(query)),
    settings: {
      get: instead(
        store.settings.get,
        (tenants: readonly string[]) => guarded(() => store.settings.get(tenants)),
        guardedNow,
      ),
      replace: (next, expectedVersion, event) => guarded(() => store.settings.replace(next, expectedVersion, event)),
    },
    owners: {
      read: instead(
        store.owners.read,
        (owners: readonly OwnerRef[]) => guarded(() => store.owners.read(owners)),
        guardedNow,
      ),
      suspend: (event) => guarded(() => store.owners.suspend(event)),
      resume: (event) => guarded(() => store.owners.resume(event)),
    },
    async close() {
      closing ??= settled().finally(() => translated(() => store.close()));
      await closing;
    },
  };
}

/** Of all that a store takes, only a position can be one that it alone knows to be wrong. */
function isUnknownPosition(error: unknown): boolean {
  return error instanceof ClavigerError && error.code === "invalid_input";
}

/** @throws ClavigerError `store_unavailable` for whatever the store failed at */
export async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw translation(cause);
  }
}

/** @param isRefusal what is thrown on as it is */
function translation(cause: unknown, isRefusal?: (error: unknown) => boolean): unknown {
  if (isRefusal?.(cause) === true) return cause;
  return new ClavigerError("store_unavailable", "the store failed; its error is the cause", { cause });
}
