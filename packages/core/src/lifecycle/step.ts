import type { ChangeType } from "../event/key-event.js";
import type { KeyEntry } from "../key/key-record.js";
import type { JsonValue } from "../value/metadata.js";

/** A write that has been decided on: the key as it shall be, and what the event says of it. */
export interface Write {
  readonly kind: "write";
  readonly next: KeyEntry;
  readonly type: ChangeType;
  readonly data: { readonly [name: string]: JsonValue };
}

/** What an act comes to, decided without a write: refusals are thrown as `ClavigerError`s. */
export type Step = Write | { readonly kind: "nothing" };

export const NOTHING: Step = { kind: "nothing" };
