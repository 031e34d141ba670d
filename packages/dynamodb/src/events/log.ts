import type { AuditEvent, NoteEvent } from "@claviger/core";
import type { Database } from "../client/database.js";
import { attribute, type ItemKey } from "../client/item.js";
import { logAddress } from "../table/addresses.js";
import { eventAttributes } from "./log-item.js";

const NOT_LOGGED = "attribute_not_exists(#pk)";
const IS_LOGGED = "attribute_exists(#pk)";
const IS_IN_NO_FEED = "attribute_exists(#ridesAs)";

/** Puts an event into the log, and then into the feed; one that is in the log is left as it is. */
export async function log(database: Database, event: AuditEvent): Promise<void> {
  const address = logAddress(event.tenant, event.keyId, event);
  await database.put(address, eventAttributes(event), { condition: NOT_LOGGED });
  await database.enterFeed(address);
}

/**
 * Puts a note into the log, where it is marked until it is in the feed: it rides in nothing, and whoever died between the
 * two would leave it out of the feed for ever. Once it is in the log it is recorded: trouble with the feed is none of the
 * caller's, a reader of the feed will see to it.
 */
export async function logNote(database: Database, event: NoteEvent): Promise<void> {
  const address = logAddress(event.tenant, event.keyId, event);
  const marked = { ...eventAttributes(event), ridesAs: attribute(event.id) };
  const result = await database.put(address, marked, { condition: NOT_LOGGED });
  const isMarked = result.written || result.current?.ridesAs !== undefined;
  if (isMarked) await enterNote(database, address).catch(() => {});
}

/** Puts a note that is in the log into the feed. */
export async function enterNote(database: Database, address: ItemKey): Promise<void> {
  await database.enterFeed(address);
  await database.update(address, { update: "REMOVE #ridesAs", condition: IS_IN_NO_FEED });
}

/** Takes an event out of the log for good. Its claim stays, and its place in the feed. @returns whether it was there */
export async function takeAway(database: Database, event: AuditEvent): Promise<boolean> {
  const address = logAddress(event.tenant, event.keyId, event);
  return (await database.remove(address, { condition: IS_LOGGED })).written;
}

/** Whether an event is in the log: then what it tells of was done, and done with it. */
export async function isLogged(database: Database, event: AuditEvent): Promise<boolean> {
  return (await database.get(logAddress(event.tenant, event.keyId, event))) !== undefined;
}
