import type { ChargeResult, FoundCharge, Store } from "@claviger/core";
import { instead } from "./instead.js";

/** A store as the keyring's own decorators have it. */
export interface PlainStore extends Store {
  /** Its `consume.ifUnchanged`: absent, too, where another `find` stands in the place of the one that found the keys. */
  consumeIfUnchanged?(requests: readonly FoundCharge[], nowMs: number): Promise<readonly (ChargeResult | null)[]>;
}

/**
 * A store as an object of functions that need no `this`: decorators take it apart by spreading it, and of an instance of a
 * class a spread leaves the methods out.
 */
export function plainStore(store: Store): PlainStore {
  const { settings, owners } = store;
  const { ifUnchanged } = store.consume;
  return {
    capabilities: store.capabilities,
    find: store.find.bind(store),
    insert: store.insert.bind(store),
    replace: store.replace.bind(store),
    list: store.list.bind(store),
    consume: instead(store.consume, store.consume.bind(store)),
    ...(typeof ifUnchanged === "function" && ifUnchanged.find === store.find && { consumeIfUnchanged: ifUnchanged }),
    refund: store.refund.bind(store),
    recordUsage: store.recordUsage.bind(store),
    usage: store.usage.bind(store),
    append: store.append.bind(store),
    events: store.events.bind(store),
    feed: store.feed.bind(store),
    eraseEvents: store.eraseEvents.bind(store),
    purgeEvents: store.purgeEvents.bind(store),
    chains: store.chains.bind(store),
    settings: {
      get: instead(settings.get, settings.get.bind(settings)),
      replace: settings.replace.bind(settings),
    },
    owners: {
      read: instead(owners.read, owners.read.bind(owners)),
      suspend: owners.suspend.bind(owners),
      resume: owners.resume.bind(owners),
    },
    ...(store.watch !== undefined && { watch: bound(store.watch, store) }),
    close: store.close.bind(store),
  };
}

// Whether it is a function is found out, and told, by who checks the signal.
function bound(watch: NonNullable<Store["watch"]>, store: Store): NonNullable<Store["watch"]> {
  return typeof watch === "function" ? watch.bind(store) : watch;
}
