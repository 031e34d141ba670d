import type { JsonValue } from "../value/metadata.js";

/** Changes of a key: committed together with it. */
export type ChangeType =
  | "key.created"
  | "key.updated"
  | "key.disabled"
  | "key.enabled"
  | "key.rotated"
  | "key.rotation_finished"
  | "key.rotation_cancelled"
  | "key.revoked"
  | "key.compromised"
  | "key.deleted"
  | "key.rehashed";

/** What was noticed about a key without changing it. */
export type ObservationType = "corrupt_key" | "pepper_missing";

/** One entry of the audit log. Holds no token, digest or pepper. */
export interface KeyEvent<Type extends string = ChangeType | ObservationType> {
  /** Unique; a write that is tried again carries the same one. */
  readonly id: string;
  readonly type: Type;
  readonly tenant: string;
  readonly keyId: string;
  /** Who acted; `system` where the application itself did. */
  readonly actor: string;
  /** Epoch ms. */
  readonly at: number;
  /** Given by the actor, 1 to 200 characters. */
  readonly reason?: string;
  /** The key's version after a change; absent on an observation. */
  readonly version?: number;
  /** What changed or was noticed. */
  readonly data: { readonly [name: string]: JsonValue };
}

export type ChangeEvent = KeyEvent<ChangeType>;
export type ObservationEvent = KeyEvent<ObservationType>;
