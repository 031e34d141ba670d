import { type ReplaceResult, type Signal, type Store, type StoredKey, unreachable } from "@claviger/core";
import type { Stopwatch } from "../elapsed.js";
import type { CacheOptions } from "../options.js";
import { WarmKey } from "../warm-key.js";
import { rememberKept, type WarmKeys } from "../warm-keys.js";
import { createFlights } from "./flights.js";
import { createKeptKeys, type KeptRead } from "./kept-keys.js";

/** A store that keeps keys in memory, and what its cache is told. */
export interface CachedStore {
  readonly store: Store;
  hear(signal: Signal): void;
  /** From now on nothing is kept, neither of what was nor of what is under way or begins. */
  end(): void;
  readonly secondLook: SecondLook;
  readonly warmKeys: WarmKeys;
}

/**
 * For whoever finds that a key in memory does not know a secret: it may be from before a rotation. A secret that is not
 * the key's costs a read then, as it does without a cache, and as an id does that nobody ever asked for.
 */
export interface SecondLook {
  /** How many reads have been sent so far. */
  sent(): number;
  /** The key as a read found it that was sent after so many. */
  findAfter(sent: number, id: string): Promise<StoredKey | undefined>;
}

/**
 * Answers `find` without a tenant, which is how `verify` asks, from memory: by reads that began less than `maxStaleMs`
 * ago, whatever was heard since. All else asks the store. It keeps keys, never verdicts.
 */
export function cachedStore(inner: Store, options: CacheOptions, stopwatch: Stopwatch): CachedStore {
  const kept = createKeptKeys(options, stopwatch);
  const flights = createFlights(inner, kept, options.maxStaleMs, stopwatch);

  // Flights too: what was read before is not to be kept after.
  function forget(id: string): void {
    kept.forget(id);
    flights.abandon(id);
  }

  async function findFor(tenant: string, ids: readonly string[]): Promise<readonly (StoredKey | undefined)[]> {
    const found = await inner.find(ids, tenant);
    // An act may rest on it and write nothing, such as a disable of what another process has disabled: verifies that begin
    // later must find no less. What is under way may be from before.
    for (const id of ids) flights.abandon(id);
    const now = stopwatch.read();
    for (const key of found) if (key !== undefined) kept.meet(key, now);
    return found;
  }

  async function findAny(ids: readonly string[]): Promise<readonly (StoredKey | undefined)[]> {
    const now = stopwatch.read();
    const known = ids.map((id) => kept.get(id, now));
    return known.every(isKept) ? known.map(({ record }) => record) : flights.join(ids, known, now);
  }

  return {
    store: {
      ...inner,
      find: (ids, tenant) => (tenant === undefined ? findAny(ids) : findFor(tenant, ids)),
      async insert(key, cap, event) {
        try {
          return await inner.insert(key, cap, event);
        } finally {
          forget(key.id);
        }
      },
      async replace(next, expectedVersion, event) {
        try {
          const result = await inner.replace(next, expectedVersion, event);
          const left = leftBy(result, next);
          if (left !== undefined) kept.meet(left, stopwatch.read());
          return result;
        } finally {
          // When the reply was lost, too: the change may have been made.
          forget(next.id);
        }
      },
    },
    secondLook: {
      sent: flights.sent,
      async findAfter(sent, id) {
        const now = stopwatch.read();
        const read = kept.get(id, now);
        return read !== undefined && read.number > sent ? read.record : flights.joinAfter(sent, id, now);
      },
    },
    warmKeys: {
      recall: kept.recall,
      isFresh: kept.isFresh,
      of(stored) {
        if (stored === undefined || stored.state === "destroyed") return undefined;
        const held = kept.key(stored.id);
        return held?.record === stored ? held : new WarmKey(stored, false);
      },
      remember: rememberKept,
      forget: undefined,
    },
    end: kept.end,
    hear(signal) {
      switch (signal.kind) {
        case "key":
          return forget(signal.keyId);
        case "hearing":
          kept.forgetAll();
          return flights.abandonAll();
        case "lost":
        case "tenant":
        case "owner":
          return undefined;
        default:
          return unreachable(signal);
      }
    },
  };
}

function isKept(read: KeptRead | undefined): read is KeptRead {
  return read !== undefined;
}

/** What a swap has left behind, as far as it tells. */
function leftBy(result: ReplaceResult, next: Parameters<Store["replace"]>[0]): StoredKey | undefined {
  switch (result.outcome) {
    case "replaced":
      // Its last use is beside the record, and nobody asks for that of a key that was read to verify.
      return next.state === "destroyed" ? next : { ...next, lastUsedAt: null };
    case "conflict":
      return result.current;
    case "missing":
      return undefined;
    default:
      return unreachable(result);
  }
}
