import { isStorable } from "@claviger/core";
import type { ItemKey } from "../client/item.js";
import { type Place, placeText } from "../order/place.js";

/**
 * The most that a tenant, an owner and an id may have. A partition key of two of them has under 800 bytes of the 2048
 * that DynamoDB allows.
 */
const LONGEST_NAME = 128;

/** They hold every safe integer. */
const FEED_DIGITS = 16;

/**
 * Whether a text can be the name of anything here; of what cannot, there is nothing. DynamoDB would refuse one that is
 * too long, and take two with different lone surrogates for the same.
 */
export function isAddressable(name: string): boolean {
  return name !== "" && name.length <= LONGEST_NAME && isStorable(name);
}

/** @throws Error what is written under such a name would be nobody's: nothing can be read there */
export function requireAddressable(what: "tenant" | "owner" | "keyId", name: string): void {
  if (isAddressable(name)) return;
  throw new Error(`DynamoDB: ${what} must be 1 to ${LONGEST_NAME} characters that can be stored; got ${name.length}`);
}

/** One name for what only tenant and name together tell apart. The length makes it unambiguous, whatever they hold. */
export function scopedName(tenant: string, name: string): string {
  return `${tenant.length}:${tenant}${name}`;
}

/** Where the index of a tenant's keys, and that of its events, has them. */
export function tenantPartition(tenant: string): string {
  return scopedName(tenant, "");
}

/** Where the index of a tenant's keys has the deleted ones, which no list shows. */
export function deletedPartition(tenant: string): string {
  return scopedName(tenant, "deleted");
}

/** A key, or what is left of it. An id belongs to one tenant only, so that none is part of the address. */
export function keyAddress(id: string): ItemKey {
  return { pk: `key#${id}`, sk: "key" };
}

/** Which keys of an owner's count against his cap. */
export function placesAddress(tenant: string, owner: string): ItemKey {
  return { pk: `owner#${scopedName(tenant, owner)}`, sk: "places" };
}

/** Whether an owner is suspended. */
export function standingAddress(tenant: string, owner: string): ItemKey {
  return { pk: `owner#${scopedName(tenant, owner)}`, sk: "standing" };
}

/** All meters of a key. */
export function metersAddress(tenant: string, keyId: string): ItemKey {
  return { pk: `meters#${scopedName(tenant, keyId)}`, sk: "meters" };
}

/** Where a key's counts and sightings are. */
export function usagePartition(tenant: string, keyId: string): string {
  return `usage#${scopedName(tenant, keyId)}`;
}

export function settingsAddress(tenant: string): ItemKey {
  return { pk: `settings#${tenant}`, sk: "settings" };
}

/** Where the events of a key are, or those of a tenant that are about none. */
export function logPartition(tenant: string, keyId: string | undefined): string {
  return `log#${scopedName(tenant, keyId ?? "")}`;
}

export function logAddress(tenant: string, keyId: string | undefined, place: Place): ItemKey {
  return { pk: logPartition(tenant, keyId), sk: placeText(place) };
}

/** Whether an item is an event in the log, and not what an event rides in. */
export function isInLog({ pk }: ItemKey): boolean {
  return pk.startsWith("log#");
}

/** All entries of the feed, of all tenants. */
export const FEED_PARTITION = "feed";

/** @param number of an entry, from 1 */
export function feedAddress(number: number): ItemKey {
  return { pk: FEED_PARTITION, sk: String(number).padStart(FEED_DIGITS, "0") };
}

/** Which event has an id. */
export function claimAddress(eventId: string): ItemKey {
  return { pk: `event#${eventId}`, sk: "claim" };
}
