import type { Signal, SignalListener, StopWatching } from "@claviger/core";

/** Those who listen to a store, and how they are told. */
export interface Signals {
  /** Tells every listener if a write took effect. @returns the write's result */
  told<Result extends { readonly outcome: string }>(result: Result, signal: Signal): Result;
  watch(listener: SignalListener): StopWatching;
  /** Tells those who still listen that they will hear no more, and nobody anything after that. */
  end(): void;
}

const EFFECTIVE: ReadonlySet<string> = new Set(["replaced", "changed"]);

export function createSignals(): Signals {
  const listeners = new Set<SignalListener>();
  return {
    told(result, signal) {
      if (EFFECTIVE.has(result.outcome)) for (const listener of listeners) tell(listener, signal);
      return result;
    },
    watch(listener) {
      // A function of its own, so that a listener who watches twice is told twice and stops each for itself.
      const own: SignalListener = (signal) => listener(signal);
      listeners.add(own);
      queueMicrotask(() => {
        if (listeners.has(own)) tell(own, { kind: "hearing" });
      });
      return async () => {
        listeners.delete(own);
      };
    },
    end() {
      const left = [...listeners];
      listeners.clear();
      for (const listener of left) tell(listener, { kind: "lost", cause: "the store was closed" });
    },
  };
}

// The write is done by then: whatever a listener does cannot undo it, nor keep the others from hearing of it.
function tell(listener: SignalListener, signal: Signal): void {
  try {
    listener(signal);
  } catch {
    // A listener never throws: one that does has nobody here to answer to.
  }
}
