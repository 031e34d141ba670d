import { type Store, withAtOnce, withIfUnchanged } from "@claviger/core";

type Method =
  | "find"
  | "insert"
  | "replace"
  | "list"
  | "consume"
  | "consume.ifUnchanged"
  | "refund"
  | "recordUsage"
  | "usage"
  | "append"
  | "events"
  | "feed"
  | "eraseEvents"
  | "purgeEvents"
  | "chains"
  | "settings.get"
  | "settings.replace"
  | "owners.read"
  | "owners.suspend"
  | "owners.resume"
  | "close";

/** The counts of a store that was asked for nothing. */
export const NO_CALLS: Readonly<Record<Method, number>> = {
  find: 0,
  insert: 0,
  replace: 0,
  list: 0,
  consume: 0,
  "consume.ifUnchanged": 0,
  refund: 0,
  recordUsage: 0,
  usage: 0,
  append: 0,
  events: 0,
  feed: 0,
  eraseEvents: 0,
  purgeEvents: 0,
  chains: 0,
  "settings.get": 0,
  "settings.replace": 0,
  "owners.read": 0,
  "owners.suspend": 0,
  "owners.resume": 0,
  close: 0,
};

export interface CountingStore {
  /** The store as it is, but for the counting. */
  readonly store: Store;
  /** Calls so far, by method. */
  readonly calls: Readonly<Record<Method, number>>;
  /** Calls so far. */
  total(): number;
  reset(): void;
}

/** Counts what a store is asked to do. */
export function countingStore(inner: Store): CountingStore {
  const calls: Record<Method, number> = { ...NO_CALLS };
  const counted =
    <Args extends readonly unknown[], Result>(method: Method, call: (...args: Args) => Result) =>
    (...args: Args): Result => {
      calls[method] += 1;
      return call(...args);
    };
  // With the form of it that does not wait, where it has one.
  const bothCounted = <Args extends readonly unknown[], Result, AtOnceArgs extends readonly unknown[], AtOnceResult>(
    method: Method,
    call: (...args: Args) => Result,
    atOnce: ((...args: AtOnceArgs) => AtOnceResult) | undefined,
  ) => (atOnce === undefined ? counted(method, call) : withAtOnce(counted(method, call), counted(method, atOnce)));
  const find = counted("find", inner.find.bind(inner));
  const { atOnce, ifUnchanged } = inner.consume;
  const consume = bothCounted("consume", inner.consume.bind(inner), atOnce);
  return {
    store: {
      capabilities: inner.capabilities,
      find,
      insert: counted("insert", inner.insert.bind(inner)),
      replace: counted("replace", inner.replace.bind(inner)),
      list: counted("list", inner.list.bind(inner)),
      consume: ifUnchanged ? withIfUnchanged(consume, find, counted("consume.ifUnchanged", ifUnchanged)) : consume,
      refund: counted("refund", inner.refund.bind(inner)),
      recordUsage: counted("recordUsage", inner.recordUsage.bind(inner)),
      usage: counted("usage", inner.usage.bind(inner)),
      append: counted("append", inner.append.bind(inner)),
      events: counted("events", inner.events.bind(inner)),
      feed: counted("feed", inner.feed.bind(inner)),
      eraseEvents: counted("eraseEvents", inner.eraseEvents.bind(inner)),
      purgeEvents: counted("purgeEvents", inner.purgeEvents.bind(inner)),
      chains: counted("chains", inner.chains.bind(inner)),
      ...(inner.watch !== undefined && { watch: inner.watch.bind(inner) }),
      settings: {
        get: bothCounted("settings.get", inner.settings.get.bind(inner.settings), inner.settings.get.atOnce),
        replace: counted("settings.replace", inner.settings.replace.bind(inner.settings)),
      },
      owners: {
        read: bothCounted("owners.read", inner.owners.read.bind(inner.owners), inner.owners.read.atOnce),
        suspend: counted("owners.suspend", inner.owners.suspend.bind(inner.owners)),
        resume: counted("owners.resume", inner.owners.resume.bind(inner.owners)),
      },
      close: counted("close", inner.close.bind(inner)),
    },
    calls,
    total: () => Object.values(calls).reduce((sum, count) => sum + count, 0),
    reset: () => {
      Object.assign(calls, NO_CALLS);
    },
  };
}
