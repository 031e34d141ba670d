import { type KeyRecord, type OwnerCap, statusAt } from "@claviger/core";
import type { Database } from "../client/database.js";
import { inTurns } from "../client/in-turns.js";
import { attribute, type Item, type ItemKey, numberOf, textOf } from "../client/item.js";
import type { Written } from "../client/writes.js";
import { keyAddress } from "../table/addresses.js";
import { ID_IS_FREE, IS_AS_IT_WAS_READ } from "./clauses.js";
import { finishDeletion } from "./erase-with-key.js";
import { fromKeyItem } from "./key-item.js";
import { giveBack, type Places } from "./places.js";

/** Far longer than an insert takes: its two writes, and what the SDK tries again. */
const ABANDONED_AFTER_MS = 60_000;
const READ_AT_ONCE = 100;

/**
 * Frees places of an owner who is at his cap, at least as many as an insert needs where there are so many: how many.
 * Only of ids that can be live no more, and of each that is made sure before its place is given back:
 *
 * - A key whose time is over can still be given a later end by a change that was decided before it. So it is marked,
 *   and `replace` brings no marked key back to life. A key that ends at T:
 *
 *       later end decided ─┐ T                                         ┌─ arrives: a conflict, by the mark
 *                          │ ┌─ found dead ── marked ── place given ───┤
 *                          │ └─ if the later end came first, the mark fails: the place stays taken
 *
 * - A place without a key is one that an insert has just taken, or that it died with. After a minute a fence is put
 *   under the id, where a key would be; then either the key was first or it never comes:
 *
 *       place taken ──── 60 s ──── fence put ── place given ──── the key arrives: the id is taken
 *
 *   The minute is from the clock of whoever took the place to that of whoever weeds. Where they disagree, an insert that
 *   is under way may be fenced: it gets `duplicate`, and the keyring draws another id.
 *
 * - A place under an id that is another owner's key: the insert that took it died before it gave it back.
 */
export async function weed(
  database: Database,
  owner: Pick<KeyRecord, "tenant" | "owner">,
  cap: OwnerCap,
  places: Places,
): Promise<number> {
  const held = [...places];
  const needed = held.length - cap.maxLive + 1;
  const freed: string[] = [];
  for (let first = 0; first < held.length && freed.length < needed; first += READ_AT_ONCE) {
    const some = held.slice(first, first + READ_AT_ONCE);
    const items = await database.getMany(some.map(([id]) => keyAddress(id)));
    const found = new Map(items.map((item) => [textOf(item, "pk"), item]));
    await inTurns(some, async ([id, takenAt]) => {
      const address = keyAddress(id);
      await finishDeletion(database, found.get(address.pk));
      const place = { ...owner, takenAt, nowMs: cap.nowMs };
      if (await isOver(database, address, found.get(address.pk), place)) freed.push(id);
    });
  }
  await giveBack(database, owner, freed);
  return freed.length;
}

interface Place {
  readonly tenant: string;
  readonly owner: string;
  /** Epoch ms. */
  readonly takenAt: number;
  readonly nowMs: number;
}

/** Others come between what was read and the write that makes it sure, but hardly so often. */
const MAX_ATTEMPTS = 5;

/**
 * Whether no key of the owner's will ever be live in a place, made sure by a write where it must be. Where something else
 * was found than what was judged, that is judged: a fence or a later version may be as dead.
 */
async function isOver(database: Database, address: ItemKey, item: Item | undefined, place: Place): Promise<boolean> {
  let seen = item;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const judged = seen === undefined ? judgeNothing(place) : judge(seen, place);
    if (judged !== "to be made sure") return judged === "over";
    const { nowMs } = place;
    const made = await (seen === undefined ? fence(database, address, nowMs) : mark(database, address, seen));
    if (made.written) return true;
    seen = made.current;
  }
  return false;
}

type Judgement = "over" | "taken" | "to be made sure";

function judgeNothing({ takenAt, nowMs }: Place): Judgement {
  return nowMs - takenAt < ABANDONED_AFTER_MS ? "taken" : "to be made sure";
}

function judge(item: Item, place: Place): Judgement {
  const key = fromKeyItem(item);
  // A fence; a tombstone, which nobody brings back; another's key.
  if (key === undefined || key.state === "destroyed") return "over";
  if (key.tenant !== place.tenant || key.owner !== place.owner) return "over";
  const status = statusAt(key, place.nowMs);
  return status === "active" || status === "pending" || status === "disabled" ? "taken" : "to be made sure";
}

function fence(database: Database, address: ItemKey, nowMs: number): Promise<Written> {
  return database.put(address, { fence: attribute(true), fencedAt: attribute(nowMs) }, { condition: ID_IS_FREE });
}

function mark(database: Database, address: ItemKey, item: Item): Promise<Written> {
  return database.update(address, {
    update: "SET #placeGivenAway = :true",
    condition: IS_AS_IT_WAS_READ,
    values: { ":true": attribute(true), ":version": attribute(numberOf(item, "version") ?? 0) },
  });
}
