import type { AuditEvent, ChainDamage, ChainHead, CloudEvent, EventType, Seal, TimeInput } from "@claviger/core";
import type { ActOptions } from "../keyring.js";
import type { EventHandler, HeardType } from "./event-hub.js";

/** Filters are joined by "and". */
export interface EventListInput {
  /** Only what was done to this key. */
  readonly keyId?: string;
  readonly actor?: string;
  /** Any one of these. */
  readonly types?: readonly EventType[];
  /** Inclusive. */
  readonly from?: TimeInput;
  /** Exclusive. */
  readonly before?: TimeInput;
  /** By time; `newest` unless given. */
  readonly sort?: "newest" | "oldest";
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
  /** 1 to 100; 20 unless given. A page may be shorter, even empty, while `nextCursor` is set. */
  readonly pageSize?: number;
}

export interface EventListPage {
  readonly items: readonly AuditEvent[];
  readonly nextCursor?: string;
}

/** Which event, as a list shows it. */
export type EventName = Pick<AuditEvent, "id" | "at" | "keyId">;

export interface EventVerifyInput {
  /** Only this key's chain; all of the tenant's unless given. */
  readonly keyId?: string;
  /** Heads that were kept elsewhere, of any keys and any time: the hashes of events, by version. */
  readonly heads?: readonly ChainHead[];
  /** A seal that was kept elsewhere. */
  readonly seal?: Seal;
}

/** What a verification found. */
export interface EventReport {
  /** Nothing is wrong, as far as can be known from the log and what was kept. */
  readonly ok: boolean;
  /** How many chains were verified, */
  readonly keys: number;
  /** how many events they have, */
  readonly events: number;
  /** and how many of those are erased, as a later event of the chain says. */
  readonly erased: number;
  /** How many of the chains begin where a purge ended: nothing in the log vouches for what was before, */
  readonly purged: number;
  /** and where, by the last event that is gone: the first 100. */
  readonly anchors: readonly ChainHead[];
  /** How many of the heads that were kept name what a purge took away: they show nothing. */
  readonly unchecked: number;
  /** What is wrong, and where: the first 100. */
  readonly damage: readonly ChainDamage[];
  /** Whether there is more damage than shown. */
  readonly more: boolean;
}

/**
 * The audit log of a tenant. All reject with a `ClavigerError`: `invalid_input`, `store_unavailable`, and what they name
 * besides.
 */
export interface EventManager {
  /** A page of the events: changes, refused acts, observations. */
  list(input?: EventListInput): Promise<EventListPage>;

  /**
   * Erases the body of an event for good (who, from where, why, what) and keeps its place in the chain. That it was erased
   * is an event itself, and a version of its key. Again: nothing happens. What a crash has cut short, the same call ends.
   *
   * @param event what `list` has shown, or its id, time and key
   * @throws `not_found`; `conflict` the key changes too often; `invalid_input` also for an erasure, which cannot be erased
   */
  erase(event: EventName, options?: ActOptions): Promise<void>;

  /**
   * Looks for damage in the chains of the tenant's keys, deleted ones included, and says where it is. Heads that were kept
   * elsewhere show what the log alone cannot: a chain that was cut at its end, made anew, or has vanished with its key.
   * Reads all events twice; one key's, and the ids of all keys, are in memory at a time. What is written meanwhile is no
   * damage, but for one echo: where the store's lists lag, the purges of the last moments may seem `unrecorded`.
   *
   * @throws `not_found` of the key asked for nothing is there, and nothing was kept
   */
  verify(input?: EventVerifyInput): Promise<EventReport>;

  /** Takes the heads of all chains under one hash, to be kept elsewhere, and records that. */
  seal(options?: ActOptions): Promise<Seal>;

  /**
   * Takes away the events before a time, for good, and records that first. Of each chain only from its beginning; where it
   * begins from then on is kept, and the rest still verifies. The keys are as they were.
   *
   * @param before exclusive; not in the future
   * @returns how many events it took away
   */
  purge(before: TimeInput, options?: ActOptions): Promise<{ readonly purged: number }>;
}

/** A part of the log of all tenants. */
export interface EventFeedPage {
  readonly items: readonly CloudEvent[];
  /** Where the next part begins: up to 200 characters, to be kept once the items are dealt with. Absent: nothing ever happened. */
  readonly position?: string;
}

/** The events of the whole keyring, beside those of tenant `default`. */
export interface KeyringEvents extends EventManager {
  /**
   * Calls the handler with every event of a type that this process causes, once it is committed: handlers one after the
   * other, as they came, each in a microtask of its own, with a frozen event. The act waits for none of them. What a
   * handler throws harms no one else, and ends as an uncaught exception of the process. A process that dies between a
   * commit and a handler has not told of it: who must not miss an event reads it by `after`.
   *
   * @returns what ends it; no event comes after that
   * @throws TypeError there is no such type, or the handler is no function
   */
  on<Type extends HeardType>(type: Type, handler: EventHandler<Type>): () => void;

  /**
   * Reads on in the log of all tenants, for who carries it elsewhere. Whoever goes on from position to position meets
   * every event, however late it commits, those of one key in the order of versions; some perhaps more than once, with the
   * same `id`. No items: nothing new yet. The position may be another all the same: keep it, and
   * go on from there later.
   *
   * @param position of the part before; absent: from the beginning
   * @throws `invalid_input` also for a position that this database never gave
   */
  after(position?: string, options?: { readonly limit?: number }): Promise<EventFeedPage>;
}
