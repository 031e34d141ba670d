import type { AuditEvent } from "./audit-event.js";

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

/** What was done to a key, or noticed about it. */
export interface KeyEvent<Type extends string = ChangeType | ObservationType> extends AuditEvent<Type> {
  readonly keyId: string;
}

export type ChangeEvent = KeyEvent<ChangeType>;
export type ObservationEvent = KeyEvent<ObservationType>;
