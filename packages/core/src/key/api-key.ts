import type { Limit } from "../limits/limit.js";
import type { Restrictions } from "../restriction/restrictions.js";
import type { Metadata } from "../value/metadata.js";
import type { ListedStatus } from "./key-state.js";

/** Two secrets of one key live at once: the former one verifies until `endsAt` (epoch ms, exclusive). */
export interface Rotation {
  readonly startedAt: number;
  readonly endsAt: number;
}

/**
 * A key as people manage it: deeply frozen, and without secret or digest.
 * Times are epoch ms; an absent time is null.
 */
export interface ApiKey<Grant extends string = string> {
  readonly id: string;
  readonly tenant: string;
  readonly owner: string;
  readonly name: string;
  readonly scopes: readonly Grant[];
  /** At the time of the call that returned the key. */
  readonly status: ListedStatus;
  readonly limits: readonly Limit[];
  readonly restrictions: Restrictions;
  readonly metadata: Metadata;
  readonly createdAt: number;
  /** The actor's id; `system` where the application itself acted. */
  readonly createdBy: string;
  readonly updatedAt: number;
  /** Exclusive; null: never expires. */
  readonly expiresAt: number | null;
  /** Inclusive; null: from its creation. */
  readonly notBefore: number | null;
  readonly lastUsedAt: number | null;
  /** 1 on creation, one more with every change; for `ifVersion`. */
  readonly version: number;
  /** Set while two secrets live. */
  readonly rotation: Rotation | null;
}
