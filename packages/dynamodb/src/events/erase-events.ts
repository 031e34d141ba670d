import { type EventLog, type EventRef, erasedEvent } from "@claviger/core";
import type { Database } from "../client/database.js";
import { inTurns } from "../client/in-turns.js";
import { addressOf, attribute, type Item, type ItemKey } from "../client/item.js";
import { eraseWithKey } from "../keys/erase-with-key.js";
import { isAddressable, isInLog, keyAddress, logAddress } from "../table/addresses.js";
import { RIDING } from "../table/indexes.js";
import { settle } from "./carrier.js";
import { eventOf } from "./log-item.js";
import { ridingEvent } from "./riding.js";

/** Erased by nobody yet, and not purged. */
const IS_AS_IT_WAS_READ = "#event = :event";

/**
 * Only the log is rewritten. An event that still rides, perhaps with its copy in the log already, is copied out first: a body
 * that rode on would be there to read, and to be copied again. Its claim and its place in the feed say nothing of it but
 * what it was about.
 */
export function prepareEraseEvents(database: Database): EventLog["eraseEvents"] {
  return async (refs, erasedAt) => {
    const possible = refs.filter(
      ({ id, tenant, keyId }) =>
        isAddressable(id) && isAddressable(tenant) && (keyId === undefined || isAddressable(keyId)),
    );
    await inTurns(possible, async (ref) => {
      for (const carrier of await carriersOf(database, ref)) {
        await settle(database, addressOf(carrier), carrier, (item) => eraseWithKey(database, item));
      }
      await eraseLogged(database, ref, erasedAt);
    });
  };
}

/** The key names itself; which settings or owner an event of none rides in, only the index knows, once it has caught up. */
async function carriersOf(database: Database, { id, tenant, keyId }: EventRef): Promise<readonly Item[]> {
  const addresses = keyId === undefined ? await ridesIn(database, id) : [keyAddress(keyId)];
  const items = await database.getMany(addresses);
  return items.filter((item) => {
    const event = ridingEvent(item);
    return event?.id === id && event.tenant === tenant;
  });
}

async function ridesIn(database: Database, id: string): Promise<readonly ItemKey[]> {
  const { items } = await database.query({
    index: RIDING.name,
    keyCondition: "#ridesAs = :id",
    values: { ":id": attribute(id) },
    forward: true,
  });
  return items.map(addressOf).filter((address) => !isInLog(address));
}

async function eraseLogged(database: Database, ref: EventRef, erasedAt: number): Promise<void> {
  const address = logAddress(ref.tenant, ref.keyId, ref);
  const item = await database.get(address);
  const event = item && eventOf(item);
  if (item?.event === undefined || event === undefined || event.erasedAt !== undefined) return;
  const erased = JSON.stringify(erasedEvent(event, erasedAt));
  await database.update(address, {
    update: "SET #event = :erased",
    condition: IS_AS_IT_WAS_READ,
    values: { ":event": item.event, ":erased": attribute(erased) },
  });
}
