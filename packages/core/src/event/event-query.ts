import type { AuditEvent } from "./audit-event.js";

/** A place in the order of (at, id). */
export interface EventPosition {
  readonly at: number;
  readonly id: string;
}

/** Filters are joined by "and". */
export interface EventQuery {
  readonly tenant: string;
  readonly keyId?: string;
  readonly actor?: string;
  /** Any one of these; an empty list finds nothing. */
  readonly types?: readonly string[];
  /** Epoch ms, inclusive. */
  readonly fromAt?: number;
  /** Epoch ms, exclusive. */
  readonly beforeAt?: number;
  readonly order: "newest" | "oldest";
  /** Exclusive: the last position already seen. */
  readonly after?: EventPosition;
  /** At most so many items, 1 to 100. */
  readonly limit: number;
}

export interface EventPage<Event> {
  /** May be short, even empty, while `next` is set. */
  readonly items: readonly Event[];
  /** Where the next page begins; absent: there is none. */
  readonly next?: EventPosition;
}

/** Which event, where only its place in the log finds it. */
export interface EventRef extends EventPosition {
  readonly tenant: string;
  readonly keyId?: string;
}

export interface ChainQuery {
  readonly tenant: string;
  /** Only this key's. */
  readonly keyId?: string;
  /** `next` of the page before. */
  readonly after?: string;
  /** At most so many items, 1 to 100. */
  readonly limit: number;
}

/** The last event that a purge took away of a key's chain. */
export interface ChainAnchor {
  readonly version: number;
  readonly hash: string;
}

/** How far the chain of one key goes. */
export interface KeyChain {
  readonly keyId: string;
  /** The key's version, its tombstone's if it is deleted. */
  readonly version: number;
  /** Null: nothing has been done to the key since there are chains. */
  readonly head: string | null;
  /** Where the chain begins; null: with the key. */
  readonly anchor: ChainAnchor | null;
}

export interface ChainPage {
  /** In any order. May be short, even empty, while `next` is set. */
  readonly items: readonly KeyChain[];
  /** Where the next page begins, as the store alone reads it; absent: there is none. */
  readonly next?: string;
}

export interface PurgeQuery {
  readonly tenant: string;
  /** Epoch ms, exclusive. */
  readonly beforeAt: number;
  /** About so many events are taken away by one call, at least 1. */
  readonly limit: number;
}

export interface PurgeResult {
  readonly purged: number;
  /** Whether a further call may find more. */
  readonly more: boolean;
}

/** A part of the log of all tenants, in an order in which nothing is ever added before what was read. */
export interface FeedPage {
  readonly items: readonly AuditEvent[];
  /** Where the next part begins, as the store alone reads it, up to 200 characters; absent: there is nothing yet, and the next part begins where this one did. */
  readonly position?: string;
}
