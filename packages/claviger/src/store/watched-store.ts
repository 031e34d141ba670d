import { describeKind, describeValue, type SignalListener, type StopWatching, type Store } from "@claviger/core";
import { heardSignal } from "./heard-signal.js";
import type { PlainStore } from "./plain-store.js";

/** A store, and the ear that is kept to it. */
export interface WatchedStore {
  /** Stops listening before it closes. */
  readonly store: PlainStore;
  /**
   * Listens from now on, where the store has a signal. Nothing is heard once the store is being closed. To be called once.
   *
   * @throws TypeError a watch that throws, or gives nothing by which it could be ended
   */
  listen(listener: SignalListener): void;
}

/** @throws TypeError a store that declares a signal and has none, or has one and does not declare it */
export function watchedStore(inner: PlainStore): WatchedStore {
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
      if (inner.watch === undefined) return;
      stop = watching(inner.watch, (told) => {
        if (closing === undefined) listener(heardSignal(told));
      });
    },
  };
}

function watching(watch: NonNullable<Store["watch"]>, listener: SignalListener): StopWatching {
  let stop: unknown;
  try {
    stop = watch(listener);
  } catch (cause) {
    throw new TypeError("store.watch must return a function that ends the watch; it threw", { cause });
  }
  if (isStop(stop)) return stop;
  throw new TypeError(`store.watch must return a function that ends the watch; it gave ${describeKind(stop)}`);
}

function isStop(value: unknown): value is StopWatching {
  return typeof value === "function";
}

function checkSignal({ watch, capabilities }: Store): void {
  if (typeof capabilities !== "object" || capabilities === null)
    throw new TypeError(`store.capabilities must be an object; got ${describeKind(capabilities)}`);
  const { signal } = capabilities;
  if (watch !== undefined && typeof watch !== "function")
    throw new TypeError(`store.watch must be a function, or absent; got ${describeKind(watch)}`);
  const declared = watch === undefined ? "none" : "sent";
  if (signal === declared) return;
  const because = watch === undefined ? "the store has no method watch" : "the store has a method watch";
  throw new TypeError(
    `store.capabilities.signal must be ${describeValue(declared)}, since ${because}; got ${describeValue(signal)}`,
  );
}
