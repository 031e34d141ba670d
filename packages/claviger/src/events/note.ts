import type { NoteEvent, NoteType } from "@claviger/core";
import type { Shell } from "../shell.js";
import { type ActTerms, eventId, eventOf } from "./event-of.js";

/** What a note says besides when, and by whom. */
export interface Note extends ActTerms {
  readonly type: NoteType;
  readonly tenant: string;
  /** Of a note about a key. */
  readonly keyId?: string | undefined;
  readonly data: NoteEvent["data"];
}

/** The event of what is recorded without being a change, with an id of its own. */
export function noteEvent(shell: Shell, note: Note): NoteEvent {
  return { ...namelessNote(shell, note), id: eventId(shell.random) };
}

/** The same with an empty id: what can be told where randomness fails. */
export function namelessNote(shell: Shell, { type, tenant, keyId, reason, address, data }: Note): NoteEvent {
  const about = { type, tenant, ...(keyId !== undefined && { keyId }), data };
  return eventOf(about, { reason, address }, "", shell.clock());
}
