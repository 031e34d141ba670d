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
  /** Epoch ms; the system's clock unless given. */
  readonly clock?: () => number;
  /** So many random bytes, cryptographically secure; the platform's unless given. */
  readonly random?: RandomSource;
}

export const OPTION_NAMES: readonly (keyof KeyringOptions)[] = [
  "store",
  "prefix",
  "acceptedPrefixes",
  "peppers",
  "scopes",
  "settings",
  "clock",
  "random",
];
