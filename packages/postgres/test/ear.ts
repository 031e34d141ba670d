import type { Signal, Store } from "@claviger/core";

/** Somebody who watches a store. */
export interface Ear {
  /** All that was said, in order. */
  readonly heard: readonly Signal[];
  /** Until signals of a kind have been heard so many times, or one of a tenant. */
  until(kind: Signal["kind"], which?: number | string): Promise<void>;
  stop(): Promise<void>;
}

export function earOn(store: Store): Ear {
  const heard: Signal[] = [];
  const waiting = new Set<() => void>();
  const stop = store.watch?.((signal) => {
    heard.push(signal);
    for (const wake of waiting) wake();
  });
  if (stop === undefined) throw new Error("the store cannot be watched");
  const hasHeard = (kind: Signal["kind"], which: number | string): boolean => {
    const those = heard.filter((signal) => signal.kind === kind);
    if (typeof which === "number") return those.length >= which;
    return those.some((signal) => "tenant" in signal && signal.tenant === which);
  };
  return {
    heard,
    until: async (kind, which = 1) => {
      while (!hasHeard(kind, which)) {
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
        });
      }
    },
    stop,
  };
}
