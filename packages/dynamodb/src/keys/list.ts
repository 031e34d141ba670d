import { type KeyStore, type ListQuery, statusAt, type UsedKeyRecord } from "@claviger/core";
import type { Database } from "../client/database.js";
import { type Item, numberOf, textOf, textsOf } from "../client/item.js";
import { pageOf } from "../order/page.js";
import { parsePlace } from "../order/place.js";
import { boundsOf } from "../order/range.js";
import { type Walked, walk } from "../order/walk.js";
import { isAddressable, keyAddress, scopedName, tenantPartition } from "../table/addresses.js";
import { KEYS_OF_OWNER, KEYS_OF_TENANT } from "../table/indexes.js";
import { fromKeyItem } from "./key-item.js";

/**
 * The index says which keys there are and, as it has heard last, whether they match; the keys themselves are then read
 * from the table, consistently. So a list may lag in which keys it has, but what it says of a key is true. A key that
 * matched and does no more is left out, and the page is short. Core's `statusAt` decides here, not a copy of it in
 * DynamoDB's language, which would save no read: what a filter leaves out is paid for.
 */
export function prepareList(database: Database): KeyStore["list"] {
  return async (query) => {
    const { order, after, limit, status, grants, search } = query;
    const bounds = boundsOf({ order, after: after && { at: after.createdAt, id: after.id } });
    if (bounds === undefined || !isAddressable(query.tenant)) return { items: [] };
    const filtered = status !== undefined || grants !== undefined || search !== undefined;
    const walked = await walk(database, indexFor(query), bounds, { order, limit, filtered }, (item) =>
      matches(item, query) ? parsePlace(textOf(item, "listAt") ?? "").id : undefined,
    );
    const { entries: ids, last } = pageOf(walked, limit);
    const items = new Map((await database.getMany(ids.map(keyAddress))).map((item) => [textOf(item, "id"), item]));
    return {
      items: ids.flatMap((id) => keyOf(items.get(id), query) ?? []),
      ...(last !== undefined && { next: { createdAt: last.at, id: last.id } }),
    };
  };
}

function indexFor({ tenant, owner }: ListQuery): Walked {
  return owner === undefined
    ? { index: KEYS_OF_TENANT.name, names: KEYS_OF_TENANT, partition: tenantPartition(tenant) }
    : { index: KEYS_OF_OWNER.name, names: KEYS_OF_OWNER, partition: scopedName(tenant, owner) };
}

function keyOf(item: Item | undefined, query: ListQuery): UsedKeyRecord | undefined {
  const key = item && fromKeyItem(item);
  if (item === undefined || key === undefined || key.state === "destroyed") return undefined;
  const isWhereItWas = key.tenant === query.tenant && (query.owner === undefined || key.owner === query.owner);
  return isWhereItWas && matches(item, query) ? key : undefined;
}

/** By what both a key's item and its entry in an index have. */
function matches(item: Item, { status, grants, search, nowMs }: ListQuery): boolean {
  const state = textOf(item, "state");
  if (state === null || !isListed(state)) return false;
  const dated = { state, expiresAt: numberOf(item, "expiresAt"), notBefore: numberOf(item, "notBefore") };
  if (status !== undefined && statusAt(dated, nowMs) !== status) return false;
  if (grants !== undefined && !textsOf(item, "scopes").some((scope) => grants.includes(scope))) return false;
  return search === undefined || (textOf(item, "search") ?? "").includes(search);
}

function isListed(state: string): state is UsedKeyRecord["state"] {
  return state === "active" || state === "disabled" || state === "revoked" || state === "compromised";
}
