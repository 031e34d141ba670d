import assert from "node:assert/strict";
import type { ListPage, ListQuery, Store, UsedKeyRecord } from "@claviger/core";

/**
 * Reads a list to its end, however a store cuts it into pages.
 *
 * @param between called after each page, before the next one is asked for
 * @returns the keys, in the order in which they were met
 */
export async function listAll(
  store: Store,
  query: ListQuery,
  between?: (page: number) => Promise<void>,
): Promise<UsedKeyRecord[]> {
  const met: UsedKeyRecord[] = [];
  let after = query.after;
  for (let pageNumber = 1; pageNumber <= 1_000; pageNumber += 1) {
    const page: ListPage<UsedKeyRecord> = await store.list({ ...query, ...(after === undefined ? {} : { after }) });
    assert.ok(page.items.length <= query.limit, "a page holds at most `limit` items");
    met.push(...page.items);
    if (page.next === undefined) return met;
    after = page.next;
    await between?.(pageNumber);
  }
  return assert.fail("the list does not end");
}

/** The ids of {@link listAll}. */
export async function walkList(
  store: Store,
  query: ListQuery,
  between?: (page: number) => Promise<void>,
): Promise<string[]> {
  return (await listAll(store, query, between)).map(({ id }) => id);
}
