import type { Database } from "../client/database.js";
import { attribute, type Item, textOf } from "../client/item.js";
import { settle } from "../events/carrier.js";
import { keyAddress, metersAddress } from "../table/addresses.js";
import { eraseUsage } from "../usage/erase-usage.js";
import { giveBack } from "./places.js";

/**
 * What goes with a key when it is deleted: its meters, its usage and its place under its owner's cap. Done while the event of the deletion still rides in
 * the tombstone, so that whoever finds it riding knows that this may not have been done, and does it again.
 *
 *     tombstone with event  ├──── the event rides ────┤
 *     fence the meters           ├─────────────────────────────  a late charge finds the fence, and writes nothing
 *     erase usage                     ├──
 *     give the place back               ├──
 *     log, clear                              ├──
 *
 * Whoever that is: nobody changes a tombstone, so that whoever reads one with its event does it ({@link finishDeletion}), the
 * repeated delete of a keyring for one.
 */
export async function eraseWithKey(database: Database, item: Item): Promise<void> {
  const [id, tenant] = [textOf(item, "id"), textOf(item, "tenant")];
  if (!isTombstone(item) || id === null || tenant === null) return;
  await database.put(metersAddress(tenant, id), { fence: attribute(true) }, { condition: ANY_OR_NONE });
  await eraseUsage(database, tenant, id);
  const owner = textOf(item, "formerOwner");
  if (owner !== null) await giveBack(database, { tenant, owner }, [id]);
}

/** Whether an item is what is left of a key. */
export function isTombstone(item: Item): boolean {
  return textOf(item, "state") === "destroyed";
}

/** Does what is left of a deletion whose event still rides. Trouble is none of the reader's: the next one finds it riding. */
export async function finishDeletion(database: Database, item: Item | undefined): Promise<void> {
  if (item === undefined || !isTombstone(item)) return;
  const address = keyAddress(textOf(item, "id") ?? "");
  await settle(database, address, item, (tombstone) => eraseWithKey(database, tombstone)).catch(() => {});
}

/** The one put that takes away whatever is there, since that is what it is for. Written so as to always hold. */
const ANY_OR_NONE = "attribute_exists(#pk) OR attribute_not_exists(#pk)";
