import type { Store, StoredKey } from "@claviger/core";
import fc from "fast-check";
import { freshId, freshTenant } from "../samples.js";
import type { ModelStore } from "./model-store.js";

/** The few names that the calls of one story are about, and that no other story uses. */
export interface Cast {
  readonly tenants: readonly [string, string];
  readonly ids: readonly [string, string, string];
}

export function newCast(): Cast {
  return { tenants: [freshTenant(), freshTenant()], ids: [freshId(), freshId(), freshId()] };
}

/** What one caller knows: the versions that it has met last. */
export interface Seen {
  readonly keys: Map<string, StoredKey>;
  readonly settings: Map<string, number>;
}

export function newSeen(): Seen {
  return { keys: new Map(), settings: new Map() };
}

/** What a call came to, and what it should have come to. */
export interface Came {
  readonly actual: unknown;
  /** Does the same to the model. */
  readonly expected: (model: ModelStore) => unknown;
}

/** One call of the port, its arguments fixed: made twice, it carries the same event twice. */
export type PortCall = (store: Store) => Promise<Came>;

/** A call that is still to learn what its caller has seen. */
export interface Draft {
  prepare(cast: Cast, seen: Seen): PortCall;
  toString(): string;
}

/** Types that both answers are of one type. */
export function came<Result>(actual: Result, expected: (model: ModelStore) => Result): Came {
  return { actual, expected };
}

/** Drafts of one kind, which print as their name and what was drawn. */
export function drafts<Drawn>(
  name: string,
  drawn: fc.Arbitrary<Drawn>,
  prepare: (drawn: Drawn, cast: Cast, seen: Seen) => PortCall,
): fc.Arbitrary<Draft> {
  return drawn.map((given) => {
    const print = (): string => `${name} ${fc.stringify(given)}`;
    return {
      prepare: (cast: Cast, seen: Seen) => prepare(given, cast, seen),
      toString: print,
      [fc.toStringMethod]: print,
    };
  });
}
