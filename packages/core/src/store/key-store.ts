import type { ChangeEvent } from "../event/key-event.js";
import type { KeyEntry, KeyRecord, StoredKey, UsedKeyRecord } from "../key/key-record.js";
import type { ListPage, ListQuery } from "./list-query.js";

/** What `insert` must hold besides the id's uniqueness. */
export interface OwnerCap {
  /** The owner may hold at most so many live keys, the new one included. */
  readonly maxLive: number;
  /** Epoch ms: a key whose `expiresAt` is at or before this is not live. */
  readonly nowMs: number;
}

export type InsertResult =
  | { readonly outcome: "inserted" }
  /** The id is taken, by a key or by a tombstone, of any tenant. Nothing was written. */
  | { readonly outcome: "duplicate" }
  /** The owner holds `maxLive` live keys. Nothing was written. */
  | { readonly outcome: "limit_reached" };

export type ReplaceResult =
  | { readonly outcome: "replaced" }
  /** The version was another; `current` is the key as it is now. Nothing was written. */
  | { readonly outcome: "conflict"; readonly current: StoredKey }
  /** The tenant has no key of that id. Nothing was written. */
  | { readonly outcome: "missing" };

export interface KeyStore {
  /**
   * Reads keys by primary key, strongly consistent: never through a secondary index, a replica or a cache.
   *
   * @param ids in any number and order, repetitions allowed; ids that cannot exist are merely absent
   * @param tenant only keys of this tenant; absent: of every tenant (for `verify`, where a token names the id, not a person)
   * @returns one entry an id, in the order asked; undefined where there is none. A deleted key is its tombstone.
   *   Copies, which the caller may freeze.
   * @throws PartialFault where some ids were read and others not: an entry that is undefined is asked for again by itself,
   *   whether it failed or there is no such key
   */
  find(ids: readonly string[], tenant?: string): Promise<readonly (StoredKey | undefined)[]>;

  /**
   * Adds a key and its event, both or neither. Atomic with respect to the cap: fifty parallel inserts against a cap of
   * five leave five. Live: neither revoked, compromised nor destroyed, and not expired; disabled and pending ones count.
   * Repeated with the same `event.id` it is `inserted` again, and nothing more is written.
   */
  insert(key: KeyRecord, cap: OwnerCap, event: ChangeEvent): Promise<InsertResult>;

  /**
   * Compare-and-swap: puts `next` in the place of the key of the same id and tenant if its version is
   * `expectedVersion`, with its event, both or neither. Never touches `lastUsedAt`. A tombstone erases everything else
   * that was kept of the key, its meters included. Repeated with the same `event.id` it is `replaced` again, at least
   * until someone else has changed the key.
   */
  replace(next: KeyEntry, expectedVersion: number, event: ChangeEvent): Promise<ReplaceResult>;

  /**
   * One page of a tenant's keys, tombstones excepted, in the order of (createdAt, id). Its cost, without `search`, does
   * not grow with the page's number. Keys that exist throughout a walk are met exactly once, whatever comes and goes.
   */
  list(query: ListQuery): Promise<ListPage<UsedKeyRecord>>;
}
