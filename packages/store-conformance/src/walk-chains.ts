import assert from "node:assert/strict";
import type { ChainPage, ChainQuery, KeyChain, Store } from "@claviger/core";

/** Reads chains to their end, each key's as it was met last. */
export async function walkChains(store: Store, query: ChainQuery): Promise<readonly KeyChain[]> {
  const met = new Map<string, KeyChain>();
  let after = query.after;
  for (let pageNumber = 1; pageNumber <= 1_000; pageNumber += 1) {
    const page: ChainPage = await store.chains({ ...query, ...(after === undefined ? {} : { after }) });
    assert.ok(page.items.length <= query.limit, "a page holds at most `limit` items");
    for (const chain of page.items) met.set(chain.keyId, chain);
    if (page.next === undefined) return [...met.values()];
    after = page.next;
  }
  return assert.fail("the chains do not end");
}

/** The chain of one key, as it is now; undefined where the tenant has no such key. */
export async function chainOfKey(
  store: Store,
  { tenant, id }: { readonly tenant: string; readonly id: string },
): Promise<KeyChain | undefined> {
  const [chain, ...others] = await walkChains(store, { tenant, keyId: id, limit: 10 });
  assert.deepEqual(others, []);
  return chain;
}
