import { describeKind, describeValue, type SignalListener, type StopWatching, type Store } from "@claviger/core";

/** A store, and the ear that is kept to it. */
export interface WatchedStore {
  /** Stops listening before it closes. */
  readonly store: Store;
  /** Listens from now on, where the store has a signal. Nothing is heard once the store is being closed. To be called once. */
  listen(listener: SignalListener): void;
}

/** @throws TypeError a store that declares a signal and has none, or has one and does not declare it */
export function watchedStore(inner: Store): WatchedStore {
  checkSignal(inner);
  let stop: StopWatching | undefined;
  let closing: Promise<void> | undefined;

  async function end(): Promise<void> {
    try {
      await stop?.();
    } finally {
      await inner.close();
    }
  }

  return {
    store: {
      ...inner,
      close() {
        closing ??= end();
        return closing;
      },
    },
    listen(listener) {
      stop = inner.watch?.((signal) => {
        if (closing === undefined) listener(signal);
      });
    },
  };
}

function checkSignal({ watch, capabilities: { signal } }: Store): void {
  if (watch !== undefined && typeof watch !== "function")
    throw new TypeError(`store.watch must be a function, or absent; got ${describeKind(watch)}`);
  const declared = watch === undefined ? "none" : "sent";
  if (signal === declared) return;
  const because = watch === undefined ? "the store has no method watch" : "the store has a method watch";
  throw new TypeError(
    `store.capabilities.signal must be ${describeValue(declared)}, since ${because}; got ${describeValue(signal)}`,
  );
}
