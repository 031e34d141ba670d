import type { StoredKey, UsedKeyRecord } from "@claviger/core";
import type { Reading } from "./elapsed.js";
import { WarmKey } from "./warm-key.js";

/** The keys that a process need not make ready again. */
export interface WarmKeys {
  /** A key in memory that a text may be the token of, though it may be too old. Absent: none is found by its id. */
  readonly recall: ((text: string) => WarmKey | undefined) | undefined;
  /** Whether a key that was recalled still counts. */
  isFresh(key: WarmKey, now: Reading): boolean;
  /** A key that was just read; the one that is in memory, where it is the same. @returns undefined for what is no key, or a deleted one */
  of(stored: StoredKey | undefined): WarmKey | undefined;
}

/**
 * Without a cache: by the record, where a store gives the same one again. That it is frozen says so: who shares what he
 * gives out must. It is forgotten with the record.
 */
export function createWarmKeys(): WarmKeys {
  const known = new WeakMap<UsedKeyRecord, WarmKey>();
  return {
    recall: undefined,
    isFresh: () => false,
    of(stored) {
      if (stored === undefined || stored.state === "destroyed") return undefined;
      if (!Object.isFrozen(stored)) return new WarmKey(stored, false);
      const held = known.get(stored);
      if (held !== undefined) return held;
      const made = new WarmKey(stored, true);
      known.set(stored, made);
      return made;
    },
  };
}
