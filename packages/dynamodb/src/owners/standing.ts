import type { OwnerEvent, OwnerResult, OwnerStore } from "@claviger/core";
import type { Database } from "../client/database.js";
import { attribute, type Item, numberOf, textOf } from "../client/item.js";
import type { Update } from "../client/writes.js";
import { commit } from "../events/carrier.js";
import { underClaim } from "../events/claim.js";
import { isLogged } from "../events/log.js";
import { isWrittenWith, NO_EVENT_RIDES, riding } from "../events/riding.js";
import { isAddressable, requireAddressable, standingAddress } from "../table/addresses.js";

/**
 * As it was read: by the id of the last write, not by whether there is a suspension. For a write that the SDK repeats
 * after its reply was lost may come late:
 *
 *     suspend (a) ── reply lost ──────────────────────────── repeated: (b) wrote last, not what (a) had read
 *                                 resume (b)
 *
 * Who was never suspended may have no item: `suspend` makes it.
 */
const IS_AS_IT_WAS_READ = `#eventId = :lastEventId AND ${NO_EVENT_RIDES}`;
const IS_STILL_UNKNOWN = "attribute_not_exists(#pk)";

export function prepareOwners(database: Database): OwnerStore {
  return {
    async read(owners) {
      const known = owners.filter(({ tenant, owner }) => isAddressable(tenant) && isAddressable(owner));
      const items = await database.getMany(known.map(({ tenant, owner }) => standingAddress(tenant, owner)));
      const found = new Map(items.map((item) => [textOf(item, "pk"), numberOf(item, "suspendedAt")]));
      return owners.map(({ tenant, owner }) => ({
        suspendedAt: found.get(standingAddress(tenant, owner).pk) ?? null,
      }));
    },
    suspend: (event) => change(database, event),
    resume: (event) => change(database, event),
  };
}

async function change(database: Database, event: OwnerEvent): Promise<OwnerResult> {
  requireAddressable("tenant", event.tenant);
  requireAddressable("owner", event.owner);
  const address = standingAddress(event.tenant, event.owner);
  const suspends = event.type === "owner.suspended";
  const fits = (item: Item | undefined): boolean => (item?.suspendedAt === undefined) === suspends;
  const refused = await underClaim(database, event, async () => {
    let seen = await database.get(address);
    // Asked after the read: what that shows riding no more, and was written, is in the log by now. Asked before, a repetition
    // that others carried on from meanwhile would be taken for a new act, and would undo theirs.
    if (seen !== undefined && (isWrittenWith(seen, event) || (await isLogged(database, event)))) return undefined;
    if (!fits(seen)) return { current: seen };
    return commit(database, {
      address,
      event,
      write: () => database.update(address, standing(event, suspends, seen)),
      fits: (current) => {
        seen = current;
        return fits(current);
      },
    });
  });
  return { outcome: refused === undefined ? "changed" : "unchanged" };
}

function standing(event: OwnerEvent, suspends: boolean, seen: Item | undefined): Update {
  const carried = riding(event);
  const set = Object.keys(carried).map((name) => `#${name} = :${name}`);
  return {
    update: suspends
      ? `SET #suspendedAt = :suspendedAt, ${set.join(", ")}`
      : `SET ${set.join(", ")} REMOVE #suspendedAt`,
    condition: seen === undefined ? IS_STILL_UNKNOWN : IS_AS_IT_WAS_READ,
    values: {
      ...Object.fromEntries(Object.entries(carried).map(([name, value]) => [`:${name}`, value])),
      ":suspendedAt": attribute(event.at),
      ":lastEventId": attribute(seen === undefined ? "" : (textOf(seen, "eventId") ?? "")),
    },
  };
}
