/** What a verify came to, as it is counted: accepted, or the code of the denial. 1 to 200 characters. */
export type UsageOutcome = string;

/** How often verifies of a key had an outcome within one hour. */
export interface UsageCount {
  /** When the hour began, epoch ms: a multiple of 3,600,000. */
  readonly hourAt: number;
  readonly outcome: UsageOutcome;
  /** At least 1. */
  readonly count: number;
}

/** What used a key, or was used of it: one of its secrets, one of its scopes, a client. */
export interface Sighting {
  readonly kind: "secret" | "scope" | "client";
  /** 1 to 200 characters. Of a secret: its `secretVersion` in decimal. */
  readonly name: string;
  /** Epoch ms of the first and of the last use that was seen. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** What one process has seen of one key since it last told. */
export interface UsageRecord {
  readonly tenant: string;
  readonly keyId: string;
  /** Epoch ms of the last accepted verify; null: none was accepted. */
  readonly lastUsedAt: number | null;
  readonly counts: readonly UsageCount[];
  readonly sightings: readonly Sighting[];
}

export interface UsageQuery {
  readonly tenant: string;
  readonly keyIds: readonly string[];
  /** The hours that began within [fromAt, beforeAt), epoch ms. Bounds the counts only. */
  readonly fromAt: number;
  readonly beforeAt: number;
}

/** What is known of one key's use. */
export interface KeyUsage {
  readonly keyId: string;
  readonly lastUsedAt: number | null;
  /** Ordered by (hourAt, outcome), one entry each. Outcomes compare by code unit. */
  readonly counts: readonly UsageCount[];
  /** Ordered by (kind, name), one entry each. Both compare by code unit. */
  readonly sightings: readonly Sighting[];
}
