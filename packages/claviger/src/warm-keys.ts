import { recogniseBy, type StoredKey, type UsedKeyRecord } from "@claviger/core";
import { generationsOf } from "./cache/generations.js";
import { IdTable } from "./cache/id-table.js";
import { recallFrom } from "./cache/recall-from.js";
import type { Reading, Stopwatch } from "./elapsed.js";
import { WarmKey } from "./warm-key.js";

/** The keys that a process need not make ready again. */
export interface WarmKeys {
  /** A key in memory that a text may be the token of, though it may be too old. Absent: none is found by its id. */
  readonly recall: ((text: string) => WarmKey | undefined) | undefined;
  /** Whether a key that was recalled still counts. */
  isFresh(key: WarmKey, now: Reading): boolean;
  /** A key that was just read; the one that is in memory, where it is the same. @returns undefined for what is no key, or a deleted one */
  of(stored: StoredKey | undefined): WarmKey | undefined;
  /** Has a key that stays in memory be recognised by its token the next time. */
  remember(key: WarmKey, token: string): void;
  /** There where what was recalled counts only for as long as the store finds it unchanged: of a key that has changed. */
  readonly forget: ((key: WarmKey) => void) | undefined;
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
    remember: rememberKept,
    forget: undefined,
  };
}

/** So many keys are known as they were found: of the largest that there may be, some 400 MB. */
const MAX_FOUND = 2_000;

/**
 * Who was not here for so long is found anew: his last use may have been recorded meanwhile, in the same row, and to charge
 * him as he was found would be a call in vain.
 */
const SEEN_MS = 1_000;

/**
 * Without a cache, over a store that charges a key only if it is as it was found: those with limits stay in memory, to be
 * decided about while that is found out.
 */
export function createFoundKeys(stopwatch: Stopwatch): WarmKeys {
  const found = generationsOf<WarmKey, IdTable<WarmKey>>(MAX_FOUND, () => new IdTable());
  const { of } = createWarmKeys();
  return {
    recall: recallFrom(found),
    isFresh(key, now) {
      const wasHere = key.readAt !== undefined && stopwatch.ageMs(key.readAt, now) < SEEN_MS;
      if (wasHere) key.readAt = now;
      return wasHere;
    },
    of,
    remember(key, token) {
      rememberKept(key, token);
      if (key.record.limits.length === 0) return;
      recogniseBy(key, token);
      key.readAt = stopwatch.read();
      found.set(key.id, key);
    },
    forget(key) {
      if (found.get(key.id) === key) found.delete(key.id);
    },
  };
}

export function rememberKept(key: WarmKey, token: string): void {
  if (key.isKept) recogniseBy(key, token);
}
