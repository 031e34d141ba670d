import {
  type ChangeEvent,
  type ChangeType,
  drawBase62,
  type EventBody,
  type KeyEntry,
  linkOf,
  type RandomSource,
} from "@claviger/core";

/** Who acts where nobody was named: the application itself. */
export const SYSTEM = "system";

const EVENT_ID_LENGTH = 22;
const SALT_LENGTH = 22;

/** A fresh id for an event: 131 bits. */
export function eventId(random: RandomSource): string {
  return drawBase62(EVENT_ID_LENGTH, random);
}

/** Why an act was done, and from where. */
export interface ActTerms {
  readonly reason: string | undefined;
  readonly address: string | undefined;
}

/** What an event says of a change besides whose key it was. */
export interface ChangeNote extends ActTerms {
  readonly type: ChangeType;
  readonly data: EventBody["data"];
}

/** A write of a key with its event, as a store takes them. */
export interface LinkedChange<Entry extends KeyEntry> {
  readonly next: Entry;
  readonly event: ChangeEvent;
}

/**
 * The event of a change, with an id of its own, as the next link in the chain of the key's events.
 *
 * @param next the key as it shall be, with the head that it had: whoever loses the swap links anew to what the winner left
 */
export function linkChange<Entry extends KeyEntry>(
  random: RandomSource,
  next: Entry,
  change: ChangeNote,
  nowMs: number,
): LinkedChange<Entry> {
  const body = {
    id: eventId(random),
    type: change.type,
    tenant: next.tenant,
    keyId: next.id,
    actor: SYSTEM,
    ...(change.address !== undefined && { address: change.address }),
    at: nowMs,
    ...(change.reason !== undefined && { reason: change.reason }),
    version: next.version,
    data: change.data,
    salt: drawBase62(SALT_LENGTH, random),
  };
  const chain = linkOf(body, next.head);
  return { next: { ...next, head: chain.hash }, event: { ...body, chain } };
}
