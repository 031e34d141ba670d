import type { Database } from "../client/database.js";
import { inTurns } from "../client/in-turns.js";
import { addressOf, type Item, textOf } from "../client/item.js";
import { settle } from "../events/carrier.js";
import { enterNote } from "../events/log.js";
import { eraseWithKey } from "../keys/erase-with-key.js";
import { isInLog } from "../table/addresses.js";
import { RIDING } from "../table/indexes.js";

/** More than that is left to the next call. */
const AT_MOST = 25;

/** Longer than a living writer takes from his write to the end of the copying: his events are his to copy. */
const WRITERS_TIME_MS = 100;

/**
 * Gives their place in the feed to events that nobody else would: their writer died, and nobody has changed since what
 * they ride in. The index that shows them lags, which is none of a reader's concern: they take their place now.
 *
 * Each call goes on where the last one ended: what living writers keep writing, and what cannot be read, would hide the
 * rest for ever.
 *
 * @returns whether the feed may have grown
 */
export function createRidingCollector(database: Database): () => Promise<boolean> {
  let start: Item | undefined;

  async function nextRiding(): Promise<readonly Item[]> {
    const wasFirst = start === undefined;
    const { items, next } = await database.scan(RIDING.name, AT_MOST, start);
    start = next;
    return items.length > 0 || wasFirst ? items : nextRiding();
  }

  return async () => {
    const seen = await nextRiding();
    if (seen.length === 0) return false;
    await database.waiting.pause(WRITERS_TIME_MS);
    const ids = new Set(seen.map(ridesAs));
    const items = await database.getMany(seen.map(addressOf));
    await inTurns(items, async (item) => {
      // Trouble with one is none of the reader's, nor of the others': a later reader finds it riding.
      if (ridesAs(item) !== null && ids.has(ridesAs(item))) await collect(database, item).catch(() => {});
    });
    return true;
  };
}

function ridesAs(item: Item): string | null {
  return textOf(item, RIDING.partition);
}

async function collect(database: Database, item: Item): Promise<void> {
  const address = addressOf(item);
  if (isInLog(address)) return enterNote(database, address);
  await settle(database, address, item, (carrier) => eraseWithKey(database, carrier));
}
