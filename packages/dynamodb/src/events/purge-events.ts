import type { AuditEvent, EventLog, PurgeQuery } from "@claviger/core";
import type { Database } from "../client/database.js";
import { inTurns } from "../client/in-turns.js";
import { addressOf, type Item } from "../client/item.js";
import { boundsOf, keyCondition } from "../order/range.js";
import { isAddressable, isInLog, tenantPartition } from "../table/addresses.js";
import { LOG } from "../table/indexes.js";
import { settle } from "./carrier.js";
import { takeAway } from "./log.js";
import { eventOf } from "./log-item.js";
import { purgeChain } from "./purge-chain.js";

/** How many entries of the index one query looks at. */
const LOOKED_AT = 100;

/**
 * The index of the tenant's events says, oldest first, where there may be something to purge; what is purged is read
 * from the table. What has to stay is passed by, or it would hide from every call what comes after it.
 */
export function preparePurgeEvents(database: Database): EventLog["purgeEvents"] {
  return async ({ tenant, beforeAt, limit }) => {
    const bounds = boundsOf({ order: "oldest", beforeAt });
    if (bounds === undefined || !isAddressable(tenant)) return { purged: 0, more: false };
    const order = keyCondition(LOG, tenantPartition(tenant), bounds);
    const keysDone = new Set<string>();
    let purged = 0;
    let start: Item | undefined;
    do {
      const page = await database.query({ index: LOG.name, ...order, forward: true, limit: LOOKED_AT, start });
      purged += await purgeSome(database, page.items, { tenant, beforeAt, limit: limit - purged }, keysDone);
      if (purged >= limit) return { purged, more: true };
      start = page.next;
    } while (start !== undefined);
    return { purged, more: false };
  };
}

/** @param keysDone whose chains were looked at in this call */
async function purgeSome(
  database: Database,
  items: readonly Item[],
  { tenant, beforeAt, limit }: PurgeQuery,
  keysDone: Set<string>,
): Promise<number> {
  let purged = 0;
  for (const keyId of chainedIn(items)) {
    if (purged >= limit) return purged;
    if (keysDone.has(keyId)) continue;
    keysDone.add(keyId);
    purged += await purgeChain(database, { tenant, keyId, beforeAt, limit: limit - purged });
  }
  const loose = items.filter((item) => !isChained(eventOf(item)));
  while (loose.length > 0 && purged < limit) purged += await purgeLoose(database, loose.splice(0, limit - purged));
  return purged;
}

function isChained(event: AuditEvent | undefined): event is AuditEvent & { readonly keyId: string } {
  return event?.chain !== undefined && event.keyId !== undefined;
}

function chainedIn(items: readonly Item[]): ReadonlySet<string> {
  return new Set(items.map(eventOf).flatMap((event) => (isChained(event) ? event.keyId : [])));
}

/** Events in no chain, in any order. @returns how many there were */
async function purgeLoose(database: Database, items: readonly Item[]): Promise<number> {
  let purged = 0;
  await inTurns(items, async (item) => {
    const event = eventOf(item);
    if (event === undefined) return;
    const carrier = isInLog(addressOf(item)) ? undefined : await database.get(addressOf(item));
    if (carrier !== undefined) await settle(database, addressOf(carrier), carrier);
    if (await takeAway(database, event)) purged += 1;
  });
  return purged;
}
