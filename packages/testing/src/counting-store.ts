import type { Store } from "@claviger/core";

type Method = "find" | "insert" | "replace" | "list" | "consume" | "append" | "close";

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
  const calls: Record<Method, number> = { find: 0, insert: 0, replace: 0, list: 0, consume: 0, append: 0, close: 0 };
  const counted =
    <Args extends readonly unknown[], Result>(method: Method, call: (...args: Args) => Result) =>
    (...args: Args): Result => {
      calls[method] += 1;
      return call(...args);
    };
  return {
    store: {
      capabilities: inner.capabilities,
      find: counted("find", inner.find.bind(inner)),
      insert: counted("insert", inner.insert.bind(inner)),
      replace: counted("replace", inner.replace.bind(inner)),
      list: counted("list", inner.list.bind(inner)),
      consume: counted("consume", inner.consume.bind(inner)),
      append: counted("append", inner.append.bind(inner)),
      close: counted("close", inner.close.bind(inner)),
    },
    calls,
    total: () => Object.values(calls).reduce((sum, count) => sum + count, 0),
    reset: () => {
      Object.assign(calls, { find: 0, insert: 0, replace: 0, list: 0, consume: 0, append: 0, close: 0 });
    },
  };
}
