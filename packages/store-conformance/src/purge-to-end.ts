import assert from "node:assert/strict";
import type { Store } from "@claviger/core";

/** Purges a tenant's events until there are no more to purge. @returns how many were */
export async function purgeToEnd(store: Store, tenant: string, beforeAt: number, limit: number = 100): Promise<number> {
  let sum = 0;
  for (let call = 1; call <= 1_000; call += 1) {
    const { purged, more } = await store.purgeEvents({ tenant, beforeAt, limit });
    sum += purged;
    if (!more) return sum;
  }
  return assert.fail("the purge does not end");
}
