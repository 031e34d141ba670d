import type { KeyEntry, KeyStore } from "@claviger/core";
import type { Database } from "../client/database.js";
import { attribute, type Item, numberOf, textOf } from "../client/item.js";
import type { Update } from "../client/writes.js";
import { commit } from "../events/carrier.js";
import { underClaim } from "../events/claim.js";
import { NO_EVENT_RIDES, riding } from "../events/riding.js";
import { isAddressable, keyAddress } from "../table/addresses.js";
import { HOLDS_ITS_PLACE, HOLDS_ITS_PLACE_OR_ENDS_NO_LATER, IS_THE_EXPECTED_VERSION } from "./clauses.js";
import { eraseWithKey, finishDeletion } from "./erase-with-key.js";
import { fromKeyItem, toKeyItem, WRITTEN_NAMES } from "./key-item.js";

/**
 * One conditional update of the key's item, which carries the event. Of a key whose place was given away (see
 * keys/weed.ts) only the end can still be written, and what ends no later than it would have.
 */
export function prepareReplace(database: Database): KeyStore["replace"] {
  return async (next, expectedVersion, event) => {
    if (!isAddressable(next.id)) return { outcome: "missing" };
    const address = keyAddress(next.id);
    const update = replacement(next, expectedVersion, riding(event));
    const isCurrent = (item: Item): boolean =>
      textOf(item, "tenant") === next.tenant && numberOf(item, "version") === expectedVersion;
    const refused = await underClaim(database, event, () =>
      commit(database, {
        address,
        event,
        write: () => database.update(address, update),
        fits: (item) => isCurrent(item) && (endsForGood(next) || holdsItsPlace(item, next)),
        beforeCopy: (item) => eraseWithKey(database, item),
      }),
    );
    if (refused === undefined) return { outcome: "replaced" };
    await finishDeletion(database, refused.current);
    const current = refused.current && fromKeyItem(refused.current);
    return current?.tenant === next.tenant ? { outcome: "conflict", current } : { outcome: "missing" };
  };
}

/**
 * Sets what the next key has and takes away what it has not; of the rest, a deletion leaves only the mark of its place,
 * and, as long as its event rides, whose that was.
 */
function replacement(next: KeyEntry, expectedVersion: number, carried: Item): Update {
  const item = { ...toKeyItem(next), ...carried };
  const absent = [
    ...WRITTEN_NAMES.filter((name) => item[name] === undefined),
    ...(next.state === "destroyed" ? ["lastUsedAt"] : []),
  ];
  const set = [
    ...Object.keys(item).map((name) => `#${name} = :${name}`),
    // A tombstone's next version has no owner to remember.
    ...(next.state === "destroyed" ? ["#formerOwner = if_not_exists(#owner, :nobody)"] : []),
  ];
  const conditions = [IS_THE_EXPECTED_VERSION, NO_EVENT_RIDES, ...placeConditions(next)];
  return {
    update: `SET ${set.join(", ")}${absent.length > 0 ? ` REMOVE ${absent.map((name) => `#${name}`).join(", ")}` : ""}`,
    condition: conditions.join(" AND "),
    values: {
      ...Object.fromEntries(Object.entries(item).map(([name, value]) => [`:${name}`, value])),
      ":expectedVersion": attribute(expectedVersion),
      ":active": attribute("active"),
      ":disabled": attribute("disabled"),
      ":nobody": attribute(false),
    },
  };
}

function endsForGood({ state }: KeyEntry): boolean {
  return state === "revoked" || state === "compromised" || state === "destroyed";
}

function placeConditions(next: KeyEntry): readonly string[] {
  if (endsForGood(next)) return [];
  return [endOf(next) === null ? HOLDS_ITS_PLACE : HOLDS_ITS_PLACE_OR_ENDS_NO_LATER];
}

/** What {@link placeConditions} say, of an item that was read. */
function holdsItsPlace(item: Item, next: KeyEntry): boolean {
  if (item.placeGivenAway === undefined) return true;
  const [state, storedEnd, end] = [textOf(item, "state"), numberOf(item, "expiresAt"), endOf(next)];
  return (state === "active" || state === "disabled") && end !== null && storedEnd !== null && end <= storedEnd;
}

/** Epoch ms. */
function endOf(next: KeyEntry): number | null {
  return next.state === "destroyed" ? null : next.expiresAt;
}
