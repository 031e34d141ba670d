import type { KeyChain } from "@claviger/core";
import type { Shell } from "../shell.js";

/** The chains of all of a tenant's keys, from page to page; one of them perhaps more than once. */
export async function* eachChain({ store }: Shell, tenant: string): AsyncGenerator<KeyChain> {
  for (let after: string | undefined; ; ) {
    const { items, next } = await store.chains({ tenant, ...(after !== undefined && { after }), limit: 100 });
    yield* items;
    if (next === undefined) return;
    after = next;
  }
}

/** The chain of one key as it is now; null: the tenant has no such key. */
export async function chainOf({ store }: Shell, tenant: string, keyId: string): Promise<KeyChain | null> {
  const { items } = await store.chains({ tenant, keyId, limit: 1 });
  return items[0] ?? null;
}
