import type { ChangeType, NoteType } from "./key-event.js";
import type { OwnerEvent, SettingsEvent } from "./tenant-event.js";

/** Every type of event that the log holds. */
export type EventType = ChangeType | NoteType | SettingsEvent["type"] | OwnerEvent["type"];

const CHANGES: { readonly [Type in ChangeType]: true } = {
  "key.created": true,
  "key.updated": true,
  "key.disabled": true,
  "key.enabled": true,
  "key.rotated": true,
  "key.rotation_finished": true,
  "key.rotation_cancelled": true,
  "key.revoked": true,
  "key.compromised": true,
  "key.deleted": true,
  "key.rehashed": true,
  "key.event_erased": true,
};

const TYPES: { readonly [Type in EventType]: true } = {
  ...CHANGES,
  "key.refused": true,
  "settings.updated": true,
  "settings.refused": true,
  "owner.suspended": true,
  "owner.resumed": true,
  "events.erased": true,
  "events.purged": true,
  "events.sealed": true,
  corrupt_key: true,
  pepper_missing: true,
};

/** Those of changes of a key, by name. */
export const CHANGE_TYPES: readonly string[] = Object.keys(CHANGES);

/** All of them, by name. */
export const EVENT_TYPES: readonly string[] = Object.keys(TYPES);

/** Whether the log knows events of such a type. */
export function isEventType(type: unknown): type is EventType {
  return typeof type === "string" && Object.hasOwn(TYPES, type);
}

/** Whether events of such a type tell of a change of a key, and so have a place in its chain. */
export function isChangeType(type: unknown): type is ChangeType {
  return typeof type === "string" && Object.hasOwn(CHANGES, type);
}
