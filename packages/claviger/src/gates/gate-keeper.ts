import type { Gates, Signal, UsedKeyRecord } from "@claviger/core";

/** Knows the gates before keys, each no longer than `gateStaleMs` after the read of it began. */
export interface GateKeeper {
  /** The gates before a key: at once where they are known. Rejects with `store_unavailable`. */
  of(key: UsedKeyRecord): Gates | Promise<Gates>;
  /** Forgets what the signal says has changed, or what this process has changed itself. */
  hear(signal: Signal): void;
}
