import type { Pepper, RandomSource, ScopeCatalogue, SettingsInput, Store } from "@claviger/core";

/** What `createKeyring` takes. */
export interface KeyringOptions<Scope extends string = string> {
  /** Where keys are kept: `memoryStore()`, `postgresStore({ client })`, or one of your own. */
  readonly store: Store;
  /** Of new tokens: 2 to 24 characters, one to three segments joined by `_`. */
  readonly prefix: string;
  /** Further prefixes whose tokens verify. */
  readonly acceptedPrefixes?: readonly string[];
  /** The first signs, all verify; at least 32 bytes each. Absent: plain SHA-256, marked so. */
  readonly peppers?: readonly Pepper[];
  /** From `defineScopes`. Absent: any well-formed scope. */
  readonly scopes?: ScopeCatalogue<Scope>;
  /** The policy of every tenant. */
  readonly settings?: SettingsInput;
  /** Keep keys in memory. Absent: none is kept, and a revocation works everywhere at once. */
  readonly cache?: CacheOptions;
  /** What keys are used for. Absent: counted, and written every 5 s; `false`: not at all. */
  readonly usage?: UsageOptions | false;
  /** How long the process may rely on a tenant's settings and an owner's standing, 0 to 3,600,000 ms; 5,000 unless given. 0: read each time. */
  readonly gateStaleMs?: number;
  /** Epoch ms; the system's clock unless given. */
  readonly clock?: () => number;
  /** So many random bytes, cryptographically secure; the platform's unless given. */
  readonly random?: RandomSource;
}

/** How keys are kept in the process's memory. */
export interface CacheOptions {
  /** What was read longer ago than this is read again, whatever the signal says: 1 to 3,600,000 ms. */
  readonly maxStaleMs: number;
  /** Keys, as many ids that are none, and as many keys that have ended, at most: 1 to 10,000,000. */
  readonly maxEntries: number;
}

export interface UsageOptions {
  /** The longest that a crash can lose: 100 to 60,000 ms; 5,000 unless given. */
  readonly flushIntervalMs?: number;
  /** Keep which scopes were required and which clients named themselves, per key. Off unless given. */
  readonly evidence?: boolean;
}

export const OPTION_NAMES: readonly (keyof KeyringOptions)[] = [
  "store",
  "prefix",
  "acceptedPrefixes",
  "peppers",
  "scopes",
  "settings",
  "cache",
  "usage",
  "gateStaleMs",
  "clock",
  "random",
];
