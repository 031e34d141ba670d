import type { ChainPage, ChainQuery, EventLog, KeyChain } from "@claviger/core";
import type { Database } from "../client/database.js";
import { type Item, textOf } from "../client/item.js";
import { pageOf } from "../order/page.js";
import { parsePlace, placeText } from "../order/place.js";
import { boundsOf } from "../order/range.js";
import { walk } from "../order/walk.js";
import { deletedPartition, isAddressable, keyAddress, tenantPartition } from "../table/addresses.js";
import { KEYS_OF_TENANT } from "../table/indexes.js";
import { anchorOf } from "./anchor.js";
import { fromKeyItem } from "./key-item.js";

/**
 * The live keys first, then the deleted ones, so that a key that is deleted during the walk is met at least once. The index
 * says which there are; how far each chain goes is read from the keys themselves.
 */
export function prepareChains(database: Database): EventLog["chains"] {
  return async (query) => {
    const { tenant, keyId } = query;
    if (!isAddressable(tenant)) return { items: [] };
    if (keyId === undefined) return chainsOfTenant(database, query);
    return { items: isAddressable(keyId) ? await chainsOf(database, tenant, [keyId]) : [] };
  };
}

async function chainsOfTenant(database: Database, { tenant, after, limit }: ChainQuery): Promise<ChainPage> {
  const { part, place } = parseCursor(after);
  const bounds = boundsOf({ order: "oldest", after: place === undefined ? undefined : parsePlace(place) });
  if (bounds === undefined) return { items: [] };
  const partition = part === "live" ? tenantPartition(tenant) : deletedPartition(tenant);
  const walked = await walk(
    database,
    { index: KEYS_OF_TENANT.name, names: KEYS_OF_TENANT, partition },
    bounds,
    { order: "oldest", limit, filtered: false },
    (item) => parsePlace(textOf(item, KEYS_OF_TENANT.place) ?? "").id,
  );
  const { entries: ids, last } = pageOf(walked, limit);
  const items = await chainsOf(database, tenant, ids);
  if (last !== undefined) return { items, next: `${part}${SEPARATOR}${placeText(last)}` };
  return part === "live" ? { items, next: "deleted" } : { items };
}

async function chainsOf(database: Database, tenant: string, ids: readonly string[]): Promise<readonly KeyChain[]> {
  const items = await database.getMany(ids.map(keyAddress));
  return items.flatMap((item) => chainOf(item, tenant) ?? []);
}

function chainOf(item: Item, tenant: string): KeyChain | undefined {
  const key = fromKeyItem(item);
  if (key?.tenant !== tenant) return undefined;
  return { keyId: key.id, version: key.version, head: key.head, anchor: anchorOf(item) };
}

const SEPARATOR = " ";

interface Cursor {
  readonly part: "live" | "deleted";
  readonly place: string | undefined;
}

/** @throws Error no page ended so */
function parseCursor(after: string | undefined): Cursor {
  if (after === undefined) return { part: "live", place: undefined };
  const [part, ...place] = after.split(SEPARATOR);
  if (part === "live" || part === "deleted")
    return { part, place: place.length === 0 ? undefined : place.join(SEPARATOR) };
  throw new Error("DynamoDB: no page of chains ended there");
}
