import type { AuditEvent, ChainLink } from "./audit-event.js";

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
  | "key.rehashed"
  | "key.event_erased";

/** What was noticed about a key without changing it. */
export type ObservationType = "corrupt_key" | "pepper_missing";

/** What is recorded without being a change of a key, of settings or of an owner. */
export type NoteType =
  | ObservationType
  | "key.refused"
  | "settings.refused"
  | "events.erased"
  | "events.purged"
  | "events.sealed";

/** What was done to a key. */
export interface ChangeEvent extends AuditEvent<ChangeType> {
  readonly keyId: string;
  /** The key's version from this event on. */
  readonly version: number;
  readonly chain: ChainLink;
}

/** What is no change: appended by itself, in no chain. */
export type NoteEvent = AuditEvent<NoteType>;
