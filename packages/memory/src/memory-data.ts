import {
  type AuditEvent,
  type ChainAnchor,
  deepFreeze,
  type OwnerStanding,
  type StoredKey,
  type TenantSettings,
  type UsageRecord,
} from "@claviger/core";
import { type Meters, noMeters } from "./meters.js";
import { createOrder, type Order } from "./order.js";

/** A key, and what the store knows of it besides. */
export interface MemoryKey {
  readonly stored: StoredKey;
  /** Of the write that made it what it is. */
  readonly eventId: string;
  /** What a list searches in; empty on a tombstone. */
  readonly search: string;
}

interface MemoryEvent {
  readonly event: AuditEvent;
  /** How many events were committed before it. */
  readonly place: number;
}

interface MemorySettings {
  readonly current: TenantSettings;
  readonly eventId: string;
}

interface MemoryStanding extends OwnerStanding {
  readonly eventId: string;
}

/** Everything the store holds. Maps throughout, so that a name such as `__proto__` is a name like any other. */
export interface MemoryData {
  readonly keys: Map<string, MemoryKey>;
  /** The ids of each tenant's keys, tombstones included, in their own order. */
  readonly ids: Map<string, Order>;
  /** The listed keys of each tenant. */
  readonly order: Map<string, Order>;
  /** By owner, under `scopedName`: the ids of his keys that are no tombstones. */
  readonly owners: Map<string, Set<string>>;
  readonly meters: Meters;
  /** By key, under `scopedName`: all of its usage, merged into one record. */
  readonly usage: Map<string, UsageRecord>;
  /** By id. */
  readonly events: Map<string, MemoryEvent>;
  /** How many events were ever committed. */
  committed: number;
  /** All events by their places. */
  readonly feed: Order;
  /** By key, under `scopedName`: where its chain begins after a purge. */
  readonly anchors: Map<string, ChainAnchor>;
  /** The events of each tenant. */
  readonly log: Map<string, Order>;
  /** By tenant. */
  readonly settings: Map<string, MemorySettings>;
  /** By owner, under `scopedName`: the owners who are suspended, and who were. */
  readonly suspensions: Map<string, MemoryStanding>;
}

export function emptyData(): MemoryData {
  return {
    keys: new Map(),
    ids: new Map(),
    order: new Map(),
    owners: new Map(),
    meters: noMeters(),
    usage: new Map(),
    events: new Map(),
    committed: 0,
    feed: createOrder(),
    anchors: new Map(),
    log: new Map(),
    settings: new Map(),
    suspensions: new Map(),
  };
}

/** The value under a name, made where there is none. */
export function entryOf<Value>(map: Map<string, Value>, name: string, create: () => Value): Value {
  const found = map.get(name) ?? create();
  map.set(name, found);
  return found;
}

/** One name for what only tenant and name together tell apart. The length makes it unambiguous, whatever they hold. */
export function scopedName(tenant: string, name: string): string {
  return `${tenant.length}:${tenant}${name}`;
}

/** What is kept and handed out: nobody's to change, neither the giver's nor a reader's. */
export function frozenCopy<T>(value: T): T {
  return deepFreeze(structuredClone(value));
}
