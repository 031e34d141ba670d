import { ClavigerError } from "@claviger/core";
import { attempt } from "../attempt.js";
import { instead } from "./instead.js";
import type { PlainStore } from "./plain-store.js";

type Failing = (cause: unknown) => never;

/**
 * Turns whatever a store throws into `store_unavailable`, and refuses work from the moment that it is closed. A store
 * that throws synchronously rejects all the same.
 *
 * @param store methods that need no `this`
 * @param settled ends what was begun before, and settles when it may be cut off; the store is ended even if that failed
 */
export function guardStore(store: PlainStore, settled: () => Promise<void>): PlainStore {
  let closing: Promise<void> | undefined;

  function guarded<T>(work: () => Promise<T>, fail: Failing = throwUnavailable): Promise<T> {
    return closing ? attempt(throwClosed) : attempt(work).then(undefined, fail);
  }

  const each =
    <Given extends readonly unknown[], Result>(call: (...given: Given) => Promise<Result>, fail?: Failing) =>
    (...given: Given): Promise<Result> =>
      guarded(() => call(...given), fail);

  const eachNow =
    <Given extends readonly unknown[], Result>(call: (...given: Given) => Result) =>
    (...given: Given): Result => {
      if (closing) throwClosed();
      try {
        return call(...given);
      } catch (cause) {
        return throwUnavailable(cause);
      }
    };

  const { settings, owners, consumeIfUnchanged } = store;
  return {
    capabilities: store.capabilities,
    find: (ids, tenant) => guarded(() => (tenant === undefined ? store.find(ids) : store.find(ids, tenant))),
    insert: each(store.insert),
    replace: each(store.replace),
    list: each(store.list),
    consume: instead(store.consume, each(store.consume), eachNow),
    ...(consumeIfUnchanged !== undefined && { consumeIfUnchanged: each(consumeIfUnchanged) }),
    refund: each(store.refund),
    recordUsage: each(store.recordUsage),
    usage: each(store.usage),
    append: each(store.append),
    events: each(store.events),
    feed: each(store.feed, throwUnlessUnknownPosition),
    eraseEvents: each(store.eraseEvents),
    purgeEvents: each(store.purgeEvents),
    chains: each(store.chains),
    settings: {
      get: instead(settings.get, each(settings.get), eachNow),
      replace: each(settings.replace),
    },
    owners: {
      read: instead(owners.read, each(owners.read), eachNow),
      suspend: each(owners.suspend),
      resume: each(owners.resume),
    },
    async close() {
      closing ??= settled().finally(() => translated(() => store.close()));
      await closing;
    },
  };
}

/** @throws ClavigerError `store_unavailable` for whatever the store failed at */
export function translated<T>(work: () => Promise<T>): Promise<T> {
  return attempt(work).then(undefined, throwUnavailable);
}

function throwUnavailable(cause: unknown): never {
  throw new ClavigerError("store_unavailable", "the store failed; its error is the cause", { cause });
}

/** Of all that a store takes, only a position can be one that it alone knows to be wrong. */
function throwUnlessUnknownPosition(cause: unknown): never {
  if (cause instanceof ClavigerError && cause.code === "invalid_input") throw cause;
  return throwUnavailable(cause);
}

function throwClosed(): never {
  throw new ClavigerError("store_unavailable", "the keyring is closed");
}
