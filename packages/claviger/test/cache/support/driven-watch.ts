import type { Signal, SignalListener, Store } from "@claviger/core";

export interface DrivenWatch {
  readonly store: Store;
  /** Gives a signal to whoever listens. */
  tell(signal: Signal): void;
  /** How many listen. */
  listeners(): number;
}

/** A store whose signals come from the test, and from nowhere else. */
export function drivenWatch(inner: Store): DrivenWatch {
  const listeners = new Set<SignalListener>();
  return {
    store: {
      ...inner,
      capabilities: { ...inner.capabilities, signal: "sent" },
      watch(listener) {
        listeners.add(listener);
        return async () => {
          listeners.delete(listener);
        };
      },
    },
    tell: (signal) => {
      for (const listener of listeners) listener(signal);
    },
    listeners: () => listeners.size,
  };
}

/** A store that tells nobody of anything. */
export function withoutSignal({ watch: _, ...store }: Store): Store {
  return { ...store, capabilities: { ...store.capabilities, signal: "none" } };
}
