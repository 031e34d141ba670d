/** What a store tells, of whichever process did it, once the change can be read. */
export type Signal =
  | { readonly kind: "key"; readonly keyId: string }
  /** The tenant's settings. */
  | { readonly kind: "tenant"; readonly tenant: string }
  /** The owner was suspended or resumed. */
  | { readonly kind: "owner"; readonly tenant: string; readonly owner: string }
  /** It hears from now on. What was changed before may have gone unheard: whatever was read before is to be dropped. */
  | { readonly kind: "hearing" }
  /** It may not hear any more, until it says `hearing` again. `cause`: why, in words for a person, where that is known. */
  | { readonly kind: "lost"; readonly cause?: string };

/** Called with each signal; never throws. */
export type SignalListener = (signal: Signal) => void;

/** Ends the watch; no signal comes after it has resolved. Idempotent. */
export type StopWatching = () => Promise<void>;

export interface SignalSource {
  /**
   * Tells of changes of keys, settings and owners, made through any store over the same data. Present where
   * `capabilities.signal` is `sent`. Each change is told at least once between a `hearing` and the next `lost`, in any
   * order, to every listener. Creations need not be told. Returns at once; `hearing` comes when it is so. The store's
   * `close` tells `lost` to all who still listen, and nobody hears anything after it.
   */
  watch?(listener: SignalListener): StopWatching;
}
