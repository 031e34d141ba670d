import type { Item } from "./item.js";
import type { RangeQuery, Reads } from "./reads.js";

/** Every item of a range, page by page. */
export async function queryAll({ query }: Pick<Reads, "query">, range: RangeQuery): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await query({ ...range, start });
    items.push(...page.items);
    start = page.next;
  } while (start !== undefined);
  return items;
}
