import { deepFreeze, type StoredKey } from "@claviger/core";
import type { Reading, Stopwatch } from "../elapsed.js";
import type { CacheOptions } from "../options.js";
import { type WarmKey, warmKey } from "../warm-key.js";
import { createGenerations } from "./generations.js";

/** What a read found under an id. */
export interface KeptRead {
  /** Deeply frozen; undefined: there was no such key. */
  readonly key: StoredKey | undefined;
  /** When the read began. */
  readonly readAt: Reading;
  /** Of the reads of this process, counted from 1. */
  readonly number: number;
  /** What verify works with; undefined where there is no key, or it was deleted. */
  readonly warm: WarmKey | undefined;
}

/** The keys that a process keeps in memory, and what it will not forget of those that have ended. */
export interface KeptKeys {
  /** A read that began less than `maxStaleMs` before `now`. */
  get(id: string, now: Reading): KeptRead | undefined;
  keep(id: string, read: Omit<KeptRead, "warm">): void;
  /**
   * Takes note of a key that was read or written, and drops what is kept of it if that is older: that there was none, too.
   *
   * @returns the newest that is known of it: the key as it was met, unless a later version is kept, or it had ended
   */
  meet(key: StoredKey, now: Reading): StoredKey;
  forget(id: string): void;
  forgetAll(): void;
}

const ENDED: ReadonlySet<string> = new Set<StoredKey["state"]>(["revoked", "compromised", "destroyed"]);

/**
 * At most `maxEntries` keys, as many ids that are none, and as many keys that have ended. Each in a place of its own, so
 * that a flood of unknown tokens drives out no key, and neither makes the process forget which keys are dead.
 */
export function createKeptKeys({ maxStaleMs, maxEntries }: CacheOptions, stopwatch: Stopwatch): KeptKeys {
  const keys = createGenerations<KeptRead>(maxEntries);
  const absent = createGenerations<KeptRead>(maxEntries);
  const ended = createGenerations<StoredKey>(maxEntries);

  // Not "unless it is too old": a clock that gives no number makes nothing young.
  const isFresh = ({ readAt }: KeptRead, now: Reading): boolean => stopwatch.ageMs(readAt, now) < maxStaleMs;

  function get(id: string, now: Reading): KeptRead | undefined {
    const read = keys.get(id) ?? absent.get(id);
    return read !== undefined && isFresh(read, now) ? read : undefined;
  }

  function forget(id: string): void {
    keys.delete(id);
    absent.delete(id);
  }

  // Terminal states are final: of two that say so the later one counts, and what says otherwise is late.
  function unlessEnded(key: StoredKey): StoredKey {
    const end = ended.get(key.id);
    if (!ENDED.has(key.state)) return end ?? key;
    if (end !== undefined && end.version > key.version) return end;
    ended.set(key.id, deepFreeze(key));
    return key;
  }

  return {
    get,
    keep(id, read) {
      forget(id);
      const { key, readAt, number } = read;
      (key === undefined ? absent : keys).set(id, { key: deepFreeze(key), readAt, number, warm: warmKey(key) });
    },
    meet(key, now) {
      absent.delete(key.id);
      const held = keys.get(key.id);
      const later = held?.key !== undefined && held.key.version > key.version && isFresh(held, now);
      const newest = unlessEnded(later ? held.key : key);
      if (held?.key !== undefined && held.key.version < newest.version) forget(key.id);
      return newest;
    },
    forget,
    forgetAll() {
      keys.clear();
      absent.clear();
    },
  };
}
