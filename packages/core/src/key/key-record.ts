import type { StoredDigest } from "../digest/stored-digest.js";
import type { Limit } from "../limits/limit.js";
import type { Restrictions } from "../restriction/restrictions.js";
import type { Metadata } from "../value/metadata.js";
import type { KeyState } from "./key-state.js";

/** A rotation that has begun: the key's former secret, and until when it still verifies. */
export interface RotationRecord {
  readonly previous: StoredDigest;
  /** The former secret's {@link KeyRecord.secretVersion}. */
  readonly previousSecretVersion: number;
  readonly startedAt: number;
  /** Exclusive: at this time the former secret no longer verifies. */
  readonly previousEndsAt: number;
  /** The key's expiry before the rotation, which `cancelRotation` restores. */
  readonly previousExpiresAt: number | null;
}

/** A key as a store keeps it. Times are epoch ms; an absent time is null. */
export interface KeyRecord {
  readonly state: Exclude<KeyState, "destroyed">;
  readonly id: string;
  readonly tenant: string;
  readonly owner: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly limits: readonly Limit[];
  readonly restrictions: Restrictions;
  readonly metadata: Metadata;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly updatedAt: number;
  /** Exclusive: at this time the key is expired. */
  readonly expiresAt: number | null;
  /** Inclusive: at this time the key is active. */
  readonly notBefore: number | null;
  /** 1 on creation, one more with every change. */
  readonly version: number;
  /** Names the secret among all that the key ever had: the version with which it came in. A new digest of it changes nothing. */
  readonly secretVersion: number;
  readonly digest: StoredDigest;
  readonly rotation: RotationRecord | null;
  /** The head of the chain of its events: the hash of the last. Null: nothing was done to it since there are chains. */
  readonly head: string | null;
}

/** What `delete` leaves: enough that the id is never given out again and that deleting twice does nothing. */
export interface Tombstone {
  readonly state: "destroyed";
  readonly id: string;
  readonly tenant: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
  /** As a key's: its chain stays. */
  readonly head: string | null;
}

/** A key as it is written: what is left of a deleted one is its tombstone. */
export type KeyEntry = KeyRecord | Tombstone;

/** What a store returns of a key: the record, and what usage tracking merged beside it. */
export interface UsedKeyRecord extends KeyRecord {
  /** When the key last authenticated. Null until usage tracking records it; no write of a key can touch it. */
  readonly lastUsedAt: number | null;
}

/** A key as it is read. Every one is a {@link KeyEntry}. */
export type StoredKey = UsedKeyRecord | Tombstone;
