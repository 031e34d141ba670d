import { deepFreeze, type KeyEvent, type Meter, type StoredKey } from "@claviger/core";
import type { KeyOrder } from "./key-order.js";

/** A key, and what the store knows of it besides. */
export interface MemoryKey {
  readonly stored: StoredKey;
  /** Of the write that made it what it is. */
  readonly eventId: string;
  /** What a list searches in; empty on a tombstone. */
  readonly search: string;
}

/** Everything the store holds. Maps throughout, so that a name such as `__proto__` is a name like any other. */
export interface MemoryData {
  readonly keys: Map<string, MemoryKey>;
  /** The listed keys of each tenant. */
  readonly order: Map<string, KeyOrder>;
  /** By owner, under `scopedName`: the ids of his keys that are no tombstones. */
  readonly owners: Map<string, Set<string>>;
  /** By key, under `scopedName`: its meters by name. */
  readonly meters: Map<string, Map<string, Meter>>;
  /** By id, in the order in which they were written. */
  readonly events: Map<string, KeyEvent>;
}

export function emptyData(): MemoryData {
  return { keys: new Map(), order: new Map(), owners: new Map(), meters: new Map(), events: new Map() };
}

/** One name for what only tenant and name together tell apart. The length makes it unambiguous, whatever they hold. */
export function scopedName(tenant: string, name: string): string {
  return `${tenant.length}:${tenant}${name}`;
}

/** What is kept and handed out: nobody's to change, neither the giver's nor a reader's. */
export function frozenCopy<T>(value: T): T {
  return deepFreeze(structuredClone(value));
}
