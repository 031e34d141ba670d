import {
  type ChangeEvent,
  type ChangeType,
  drawBase62,
  type EventBody,
  type KeyEntry,
  linkOf,
  type RandomSource,
} from "@claviger/core";
import { type ActTerms, eventId, eventOf } from "./event-of.js";

const SALT_LENGTH = 22;

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
  const { type, data } = change;
  const id = eventId(random);
  const salt = drawBase62(SALT_LENGTH, random);
  const about = { type, tenant: next.tenant, keyId: next.id, version: next.version, data, salt };
  const body = eventOf(about, change, id, nowMs);
  const chain = linkOf(body, next.head);
  return { next: { ...next, head: chain.hash }, event: { ...body, chain } };
}
