import type { Gates, OwnerRef, Signal } from "@claviger/core";
import type { Reading } from "../elapsed.js";
import type { WarmKey } from "../warm-key.js";

/**
 * The gates as they were read last, and what it takes to tell whether they still count. One object an owner, changed in
 * place: all of his keys hold on to it, and see what was read for one of them.
 */
export interface KnownGates {
  gates: Gates;
  /** When the read of the tenant began, or that of the owner: what makes them older. */
  readAt: Reading;
  /** How many changes had been heard of by then, whosever. */
  changes: number;
}

/** Knows the gates before keys, each no longer than `gateStaleMs` after the read of it began. */
export interface GateKeeper {
  /** The gates before a key, where they are known. Without a look-up by name, where the key has been here before. */
  recall(key: WarmKey, now: Reading): Gates | undefined;
  /** The gates before the keys of an owner: at once where they are known. Rejects with `store_unavailable`. */
  of(owner: OwnerRef): Gates | Promise<Gates>;
  /** Forgets what the signal says has changed, or what this process has changed itself. */
  hear(signal: Signal): void;
}
