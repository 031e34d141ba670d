import type { ChangeEvent, InsertResult, KeyRecord, KeyStore, OwnerCap } from "@claviger/core";
import type { Database } from "../client/database.js";
import type { Item } from "../client/item.js";
import { type Change, commit } from "../events/carrier.js";
import { underClaim } from "../events/claim.js";
import { isLogged } from "../events/log.js";
import { isWrittenWith, riding } from "../events/riding.js";
import { keyAddress } from "../table/addresses.js";
import { ID_IS_FREE } from "./clauses.js";
import { fromKeyItem, toKeyItem } from "./key-item.js";
import { giveBack, reserve } from "./places.js";
import { weed } from "./weed.js";

const MAX_ATTEMPTS = 5;

/**
 * Takes a place in the owner's item, then puts the key, with its event in it, under the free id. Whoever dies in between
 * leaves a place that is weeded a minute later.
 */
export function prepareInsert(database: Database): KeyStore["insert"] {
  return async (key, cap, event) => {
    const address = keyAddress(key.id);
    const item = { ...toKeyItem(key), ...riding(event) };
    const change: Change = {
      address,
      event,
      write: () => database.put(address, item, { condition: ID_IS_FREE }),
      fits: () => false,
    };
    const refused = (await findPlace(database, key, cap, event)) ?? (await put(database, key, change));
    return refused ?? { outcome: "inserted" };
  };
}

/** Takes a place: undefined once it is taken. */
async function findPlace(
  database: Database,
  key: KeyRecord,
  cap: OwnerCap,
  event: ChangeEvent,
): Promise<InsertResult | undefined> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const places = await reserve(database, key, cap);
    if (places === "reserved") return undefined;
    const current = await database.get(keyAddress(key.id));
    if (current !== undefined) {
      const isMine = isWrittenWith(current, event) || (await isLogged(database, event));
      return { outcome: isMine ? "inserted" : "duplicate" };
    }
    if ((await weed(database, key, cap, places)) === 0) break;
  }
  return { outcome: "limit_reached" };
}

async function put(database: Database, key: KeyRecord, change: Change): Promise<InsertResult | undefined> {
  const refused = await underClaim(database, change.event, () => commit(database, change));
  if (refused === undefined) return undefined;
  // The place may be that of a key of this owner's under the id; else it was taken for nothing.
  if (!isOf(key, refused.current)) await giveBack(database, key, [key.id]);
  return { outcome: "duplicate" };
}

function isOf({ tenant, owner }: KeyRecord, item: Item | undefined): boolean {
  const found = item && fromKeyItem(item);
  return found !== undefined && found.state !== "destroyed" && found.tenant === tenant && found.owner === owner;
}
