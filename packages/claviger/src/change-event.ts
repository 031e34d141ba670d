import {
  type ChangeEvent,
  type ChangeType,
  drawBase62,
  type KeyEntry,
  type KeyEvent,
  type RandomSource,
} from "@claviger/core";

/** Who acts where nobody was named: the application itself. */
export const SYSTEM = "system";

const EVENT_ID_LENGTH = 22;

/** A fresh id for an event: 131 bits. */
export function eventId(random: RandomSource): string {
  return drawBase62(EVENT_ID_LENGTH, random);
}

/** What an event says of a change besides whose key it was. */
export interface ChangeNote {
  readonly type: ChangeType;
  readonly data: KeyEvent["data"];
  readonly reason: string | undefined;
}

/** The event of a change, with an id of its own. */
export function changeEvent(random: RandomSource, next: KeyEntry, change: ChangeNote, nowMs: number): ChangeEvent {
  return {
    id: eventId(random),
    type: change.type,
    tenant: next.tenant,
    keyId: next.id,
    actor: SYSTEM,
    at: nowMs,
    ...(change.reason !== undefined && { reason: change.reason }),
    version: next.version,
    data: change.data,
  };
}
