import type { Table } from "../client/database.js";
import { attribute } from "../client/item.js";
import { feedAddress } from "../table/addresses.js";
import type { Place } from "./places-after.js";
import { formatPosition, type Position } from "./position.js";

/** Fewer are read again in no time. */
const WORTH_MARKING = 100;
/** What is not read a second time where a reader dies on the way. */
const MARKED_EVERY = 2_000;

/** Places one after the other of which each event was purged. */
export interface GoneRun {
  add(place: Place): Promise<void>;
  /** Keeps for all readers how far it goes, where that is worth a write. */
  mark(): Promise<void>;
}

/**
 * Where a reader finds that from an entry on a great many events were purged, he writes up to where into that entry, and
 * whoever comes there goes on behind them:
 *
 *     entries  1 2 ·········· 70,000 70,001
 *              │ └── all purged ──┘   │
 *              └ alive                └ alive      entry 2: gone until 70,000:1
 *
 * What is gone stays so: an event that comes back into the log takes a new place in the feed.
 */
export function createGoneRun(table: Table): GoneRun {
  let from: number | undefined;
  let until: Position | undefined;
  let unmarked = 0;

  async function mark(): Promise<void> {
    if (from === undefined || until === undefined || unmarked < WORTH_MARKING) return;
    unmarked = 0;
    await write(table, from, until);
  }

  return {
    async add({ position, event, opens }) {
      from ??= opens;
      if (from === undefined) return;
      until = position;
      if (event !== undefined) unmarked += 1;
      if (unmarked >= MARKED_EVERY) await mark();
    },
    mark,
  };
}

/** Two readers who come from one entry at once: whichever mark stays is true. Trouble is none of theirs. */
async function write(table: Table, from: number, until: Position): Promise<void> {
  await table
    .update(feedAddress(from), {
      update: "SET #goneUntil = :until",
      condition: "attribute_exists(#pk)",
      values: { ":until": attribute(formatPosition(until)) },
    })
    .catch(() => {});
}
