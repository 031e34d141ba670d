import type { Signal, SignalListener } from "@claviger/core";

/** Who is told, and what they know of whether the store hears. */
export interface Audience {
  readonly isEmpty: boolean;
  readonly isHearing: boolean;
  /** Who comes late is told, soon, what the others know. @returns how to leave: whether he had been there */
  add(listener: SignalListener): () => boolean;
  /** `hearing` and `lost` only where that is news. */
  tell(signal: Signal): void;
  /** As at first: nobody knows whether the store hears. */
  forget(): void;
  clear(): void;
}

export function createAudience(): Audience {
  // Each in a place of his own, since one may listen twice.
  const places = new Set<{ readonly listener: SignalListener }>();
  let known: Extract<Signal, { readonly kind: "hearing" | "lost" }> | undefined;
  const tellOne = (listener: SignalListener, signal: Signal): void => {
    try {
      listener(signal);
    } catch {
      // A listener's trouble is his own: the others are told all the same.
    }
  };
  return {
    get isEmpty() {
      return places.size === 0;
    },
    get isHearing() {
      return known?.kind === "hearing";
    },
    add: (listener) => {
      const place = { listener };
      places.add(place);
      queueMicrotask(() => {
        if (known !== undefined && places.has(place)) tellOne(listener, known);
      });
      return () => places.delete(place);
    },
    tell: (signal) => {
      if (signal.kind === "hearing" || signal.kind === "lost") {
        if (signal.kind === known?.kind) return;
        known = signal;
      }
      for (const { listener } of [...places]) tellOne(listener, signal);
    },
    forget: () => {
      known = undefined;
    },
    clear: () => places.clear(),
  };
}
