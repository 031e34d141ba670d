import type { TimeInput } from "@claviger/core";

/** When something was seen, epoch ms. */
export interface Seen {
  readonly name: string;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** How often verifies of a key came to an outcome within one hour. */
export interface HourlyCount {
  /** When the hour began, epoch ms. */
  readonly hourAt: number;
  /** `accepted`, or the code of the denial. */
  readonly outcome: string;
  readonly count: number;
}

/** What is known of one key's use; at most `flushIntervalMs` behind, while the store can be written to. Deeply frozen. */
export interface KeyUsageReport {
  readonly keyId: string;
  /** Epoch ms of the last accepted verify. */
  readonly lastUsedAt: number | null;
  /** The secrets that verified, oldest first. During a rotation they tell whether someone still sends the old one. */
  readonly secrets: readonly (Omit<Seen, "name"> & { readonly version: number; readonly isCurrent: boolean })[];
  readonly counts: readonly HourlyCount[];
  /** With `usage: { evidence: true }`: the scopes that accepted verifies required. */
  readonly scopes: readonly Seen[];
  /** With `usage: { evidence: true }`: the clients that named themselves. */
  readonly clients: readonly Seen[];
}

/** Bounds the counts; at most 400 days. What was seen is not kept by the hour, and comes whole. */
export interface UsageRange {
  /** The hours that began at or after this; seven days ago unless given. */
  readonly from?: TimeInput;
  /** The hours that began before this; unless given, the hour under way is the last. */
  readonly before?: TimeInput;
}

/** What the tenant's keys were used for. Rejects with a `ClavigerError`: `invalid_input`, `not_found`, `store_unavailable`. */
export interface UsageReader {
  /** What the keyrings over the store have written so far. @throws `not_found` also for a deleted key */
  get(keyId: string, range?: UsageRange): Promise<KeyUsageReport>;
}
