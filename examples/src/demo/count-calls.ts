import type { Store } from "claviger";

export interface CountedStore {
  readonly store: Store;
  /** How often anything was asked of the store since it was wrapped. */
  readonly calls: () => number;
}

/** Counts what a store is asked, and changes nothing else. */
export function countCalls(inner: Store): CountedStore {
  let calls = 0;
  const store = new Proxy(inner, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...given: unknown[]): unknown => {
        calls += 1;
        return Reflect.apply(member, target, given);
      };
    },
  });
  return { store, calls: () => calls };
}
