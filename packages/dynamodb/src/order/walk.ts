import type { Database } from "../client/database.js";
import { type Item, textOf } from "../client/item.js";
import { type Bounds, keyCondition } from "./range.js";

/** An order of items: a partition of the table, or of one of its indexes. */
export interface Walked {
  readonly index?: string;
  readonly names: { readonly partition: string; readonly place: string };
  readonly partition: string;
}

export interface WalkRequest {
  readonly order: "newest" | "oldest";
  /** How many entries the page holds. */
  readonly limit: number;
  /** Whether some of the items may be nothing that is asked for. */
  readonly filtered: boolean;
}

export interface Found<Entry> {
  readonly place: string;
  readonly entry: Entry;
}

export interface Walk<Entry> {
  readonly found: readonly Found<Entry>[];
  /** The place up to which was looked, where more may follow. */
  readonly frontier?: string;
}

/** The most queries that one page costs, however little it finds: it is short then, and its reader comes again. */
const MAX_QUERIES = 8;
/** Items that one query looks at where not every one is what is asked for. */
const LOOKED_AT = 200;

/**
 * Walks an order until one entry more is found than a page holds, the end, or the bound of what one call may read.
 *
 * @param pick what an item is to the reader; undefined: nothing that he asked for
 */
export async function walk<Entry>(
  database: Database,
  { index, names, partition }: Walked,
  bounds: Bounds,
  { order, limit, filtered }: WalkRequest,
  pick: (item: Item) => Entry | undefined,
): Promise<Walk<Entry>> {
  const found: Found<Entry>[] = [];
  let frontier: string | undefined;
  let start: Item | undefined;
  for (let queries = 0; queries < MAX_QUERIES; queries += 1) {
    const page = await database.query({
      ...(index !== undefined && { index }),
      ...keyCondition(names, partition, bounds),
      forward: order === "oldest",
      // One more tells whether a page follows; another may be the place to be skipped.
      limit: filtered ? LOOKED_AT : limit + 2,
      start,
    });
    for (const item of page.items) {
      const place = textOf(item, names.place);
      if (place === null || place === bounds.skip) continue;
      const entry = pick(item);
      frontier = place;
      if (entry === undefined) continue;
      found.push({ place, entry });
      if (found.length > limit) return { found, frontier };
    }
    if (page.next === undefined) return { found };
    start = page.next;
    frontier = textOf(page.next, names.place) ?? frontier;
  }
  return { found, ...(frontier !== undefined && { frontier }) };
}
