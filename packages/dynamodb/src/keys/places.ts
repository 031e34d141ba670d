import type { KeyRecord, OwnerCap } from "@claviger/core";
import type { Database } from "../client/database.js";
import { attribute, type Item, numberOf } from "../client/item.js";
import type { Update } from "../client/writes.js";
import { placesAddress } from "../table/addresses.js";

/**
 * The places of an owner: one item, a map from the ids of his live keys, and of some that died since, to when each place
 * was taken (epoch ms, by the clock of whoever took it). 10,000 of them, the most that a cap may be, are some 270 KB of
 * the 400 that an item may have.
 *
 *     reserve the place ──▶ put the key ──▶ (the key dies) ──▶ weed, when the owner is at his cap
 *       │                                 └─▶ the key is deleted: give the place back
 *       └─ the id is taken: give the place back
 *
 * With the last place the item goes, which names the owner.
 *
 * A condition counts the places and takes one in the same write, so that no two take the last.
 */
const HAS_ROOM =
  "attribute_exists(#live) AND (size(#live) < :maxLive OR (attribute_exists(#live.#id) AND size(#live) <= :maxLive))";
const HAS_NO_PLACES_YET = "attribute_not_exists(#live)";
const HAS_PLACES = "attribute_exists(#live)";
const HAS_NO_PLACE_LEFT = "size(#live) = :none";

/** As many ids as fit into one expression of 4 KB. */
const IDS_AT_ONCE = 50;

type Holder = Pick<KeyRecord, "id" | "tenant" | "owner">;

/** The ids that hold a place, and since when: epoch ms. */
export type Places = ReadonlyMap<string, number>;

/** Others come between a failed condition and what is read after it, but hardly so often. */
const MAX_ATTEMPTS = 10;

/** Takes a place. Who has it already may take it again. @returns the places as they are, where there is none left */
export async function reserve(
  database: Database,
  { id, tenant, owner }: Holder,
  { maxLive, nowMs }: OwnerCap,
): Promise<"reserved" | Places> {
  const address = placesAddress(tenant, owner);
  const takeOne = {
    update: "SET #live.#id = :nowMs",
    condition: HAS_ROOM,
    names: { "#id": id },
    values: { ":nowMs": attribute(nowMs), ":maxLive": attribute(maxLive) },
  };
  const takeFirst = {
    update: "SET #live = :live",
    condition: HAS_NO_PLACES_YET,
    values: { ":live": { M: { [id]: attribute(nowMs) } } },
  };
  let take: Update = takeOne;
  for (let attempt = 1; ; attempt += 1) {
    const taken = await database.update(address, take);
    if (taken.written) return "reserved";
    // Where the server does not say with what the condition failed, this was read later, and may have room again.
    const places = placesOf(taken.current);
    const hasRoom = places.size < maxLive || (places.has(id) && places.size <= maxLive);
    if (!hasRoom || attempt === MAX_ATTEMPTS) return places;
    take = taken.current?.live === undefined ? takeFirst : takeOne;
  }
}

/** Gives places back. Only of ids that no key of the owner's will ever be live under: see keys/weed.ts. */
export async function giveBack(
  database: Database,
  { tenant, owner }: Omit<Holder, "id">,
  ids: readonly string[],
): Promise<void> {
  const address = placesAddress(tenant, owner);
  for (let first = 0; first < ids.length; first += IDS_AT_ONCE) {
    const some = ids.slice(first, first + IDS_AT_ONCE).map((id, index): [string, string] => [`#id${index}`, id]);
    const left = await database.update(address, {
      update: `REMOVE ${some.map(([placeholder]) => `#live.${placeholder}`).join(", ")}`,
      condition: HAS_PLACES,
      names: Object.fromEntries(some),
    });
    if (left.written && placesOf(left.item).size === 0) {
      await database.remove(address, { condition: HAS_NO_PLACE_LEFT, values: { ":none": attribute(0) } });
    }
  }
}

function placesOf(item: Item | undefined): Places {
  const live = item?.live?.M ?? {};
  return new Map(Object.keys(live).map((id) => [id, numberOf(live, id) ?? Number.NaN]));
}
