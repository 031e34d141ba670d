import type { Gates, OwnerRef, Signal } from "@claviger/core";
import type { Reading } from "../elapsed.js";
import type { WarmKey } from "../warm-key.js";

/** Knows the gates before keys, each no longer than `gateStaleMs` after the read of it began. */
export interface GateKeeper {
  /** The gates before a key, where they are known. Without a look-up by name, where the key has been here before. */
  recall(key: WarmKey, now: Reading): Gates | undefined;
  /**
   * Reads them, where the store waits for nothing: for who was found to have the key's secret, as `of`. Throws
   * `store_unavailable`.
   */
  readonly readAtOnce: ((key: WarmKey, now: Reading) => Gates) | undefined;
  /** The gates before the keys of an owner: at once where they are known. Rejects with `store_unavailable`. */
  of(owner: OwnerRef): Gates | Promise<Gates>;
  /** Forgets what the signal says has changed, or what this process has changed itself. */
  hear(signal: Signal): void;
}
