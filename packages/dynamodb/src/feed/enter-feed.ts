import { createBackoff } from "../client/backoff.js";
import type { Table } from "../client/database.js";
import { attribute, type ItemKey, textOf } from "../client/item.js";
import { createLanes } from "../client/lanes.js";
import { FEED_PARTITION, feedAddress } from "../table/addresses.js";
import { fromEntryItem, MAX_EVENTS, toEntryItem } from "./feed-entry.js";

/**
 * An entry takes its number by the write that puts it there: the next one that is free.
 *
 *     process A: the last is 7 ── put 8 ── done
 *     process B: the last is 7 ──── put 8: it is taken ── the last is 8 ── put 9 ── done
 *
 * A number is only tried once the one before it was seen, and no entry is ever taken away. So there is never a gap, and
 * nothing ever comes before what a reader has read; and what enters after an event has entered comes behind it.
 */
const IS_FREE = "attribute_not_exists(#pk)";

/** All of the store's, since all want the same number. */
const LANE = "feed";

/**
 * One entry at a time is under way from this process, and what comes meanwhile goes with the next: it is processes that
 * contend for a number, not their calls.
 */
export function createFeedWriter(table: Table): (logged: ItemKey) => Promise<void> {
  const put = createEntryWriter(table);
  const lanes = createLanes<ItemKey, null>(async (_, events) => {
    for (let first = 0; first < events.length; first += MAX_EVENTS) {
      await put(events.slice(first, first + MAX_EVENTS));
    }
    return events.map(() => null);
  });
  return async (logged) => void (await lanes.go(LANE, [logged]));
}

function createEntryWriter(table: Table): (events: readonly ItemKey[]) => Promise<void> {
  let lastMine = 0;
  // Whether the entry before the last of this process's was its own too: then the next number is guessed, not read.
  let isAlone = false;
  return async (events) => {
    const attempt = crypto.randomUUID();
    const entry = toEntryItem(events, attempt);
    const backoff = createBackoff(table.waiting);
    for (let attempts = 1; ; attempts += 1) {
      const number = 1 + (isAlone ? lastMine : await lastNumber(table));
      const result = await table.put(feedAddress(number), entry, { condition: IS_FREE });
      if (result.written || (result.current !== undefined && textOf(result.current, "attempt") === attempt)) {
        isAlone = number === lastMine + 1;
        lastMine = number;
        return;
      }
      isAlone = false;
      if (attempts > 1 && !(await backoff()))
        throw new Error("DynamoDB: others took the next place in the feed each time before this write came");
    }
  };
}

async function lastNumber(table: Table): Promise<number> {
  const { items } = await table.query({
    keyCondition: "#pk = :feed",
    values: { ":feed": attribute(FEED_PARTITION) },
    forward: false,
    limit: 1,
  });
  const [last] = items;
  return last === undefined ? 0 : fromEntryItem(last).number;
}
