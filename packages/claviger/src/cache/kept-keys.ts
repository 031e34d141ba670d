import { deepFreeze, type StoredKey, type Tombstone } from "@claviger/core";
import type { Reading, Stopwatch } from "../elapsed.js";
import type { CacheOptions } from "../options.js";
import { WarmKey } from "../warm-key.js";
import { createGenerations, generationsOf } from "./generations.js";
import { IdTable } from "./id-table.js";
import { recallFrom } from "./recall-from.js";
import { createSharedReadings } from "./shared-readings.js";

/** That there was no key, or a deleted one: undefined, or what is left of it. Deeply frozen. */
export interface KeptAbsence {
  readonly record: Tombstone | undefined;
  /** When the read began. */
  readonly readAt: Reading;
  /** Of the reads of this process, counted from 1. */
  readonly number: number;
}

/** What a read found under an id. */
export type KeptRead = WarmKey | KeptAbsence;

/** The keys that a process keeps in memory, and what it will not forget of those that have ended. */
export interface KeptKeys {
  /** A read that began less than `maxStaleMs` before `now`. */
  get(id: string, now: Reading): KeptRead | undefined;
  /** A key, by whichever read. */
  key(id: string): WarmKey | undefined;
  /** The key that a text may be the token of, by whichever read; whether it is, its own hash tells. */
  recall(text: string): WarmKey | undefined;
  isFresh(read: KeptRead, now: Reading): boolean;
  keep(id: string, record: StoredKey | undefined, readAt: Reading, number: number): void;
  /**
   * Takes note of a key that was read or written, and drops what is kept of it if that is older: that there was none, too.
   *
   * @returns the newest that is known of it: the key as it was met, unless a later version is kept, or it had ended
   */
  meet(key: StoredKey, now: Reading): StoredKey;
  forget(id: string): void;
  forgetAll(): void;
  /** As {@link forgetAll}, and from now on nothing is kept. */
  end(): void;
}

const ENDED: ReadonlySet<string> = new Set<StoredKey["state"]>(["revoked", "compromised", "destroyed"]);

/**
 * At most `maxEntries` keys, as many ids that are none, and as many keys that have ended. Each in a place of its own, so
 * that a flood of unknown tokens drives out no key, and neither makes the process forget which keys are dead.
 */
export function createKeptKeys({ maxStaleMs, maxEntries }: CacheOptions, stopwatch: Stopwatch): KeptKeys {
  const keys = generationsOf<WarmKey, IdTable<WarmKey>>(maxEntries, () => new IdTable());
  const absent = createGenerations<KeptAbsence>(maxEntries);
  const ended = createGenerations<StoredKey>(maxEntries);
  const sharedReading = createSharedReadings(stopwatch, maxStaleMs);
  let isOver = false;

  // Not "unless it is too old": a clock that gives no number makes nothing young.
  const isFresh = ({ readAt }: KeptRead, now: Reading): boolean =>
    readAt !== undefined && stopwatch.ageMs(readAt, now) < maxStaleMs;

  function forget(id: string): void {
    keys.delete(id);
    absent.delete(id);
  }

  function forgetAll(): void {
    keys.clear();
    absent.clear();
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
    key: keys.get,
    recall: recallFrom(keys),
    isFresh,
    get(id, now) {
      const read = keys.get(id) ?? absent.get(id);
      return read !== undefined && isFresh(read, now) ? read : undefined;
    },
    keep(id, record, began, number) {
      forget(id);
      if (isOver) return;
      const readAt = sharedReading(began);
      deepFreeze(record);
      if (record === undefined || record.state === "destroyed") absent.set(id, { record, readAt, number });
      else keys.set(id, new WarmKey(record, true, readAt, number));
    },
    meet(key, now) {
      absent.delete(key.id);
      const held = keys.get(key.id);
      const later = held !== undefined && held.record.version > key.version && isFresh(held, now);
      const newest = unlessEnded(later ? held.record : key);
      if (held !== undefined && held.record.version < newest.version) forget(key.id);
      return newest;
    },
    forget,
    forgetAll,
    end() {
      isOver = true;
      forgetAll();
    },
  };
}
