import type { StoredKey } from "@claviger/core";
import type { Reading } from "./elapsed.js";
import { type WarmKey, warmKey } from "./warm-key.js";

/** The keys that a process need not make ready again. */
export interface WarmKeys {
  /** A key that is in memory. */
  recall(id: string, now: Reading): WarmKey | undefined;
  /** A key that was just read; the one that is in memory, where it is the same. @returns undefined for what is no key, or a deleted one */
  of(stored: StoredKey | undefined, now: Reading): WarmKey | undefined;
}

/**
 * Without a cache: by the record, where a store gives the same one again. That it is frozen says so: who shares what he
 * gives out must. It is forgotten with the record.
 */
export function createWarmKeys(): WarmKeys {
  const known = new WeakMap<StoredKey, WarmKey>();
  return {
    recall: () => undefined,
    of(stored) {
      if (stored === undefined || !Object.isFrozen(stored)) return warmKey(stored);
      const held = known.get(stored);
      if (held !== undefined) return held;
      const made = warmKey(stored);
      if (made !== undefined) known.set(stored, made);
      return made;
    },
  };
}
