import assert from "node:assert/strict";
import type { Store } from "@claviger/core";
import { credits, metersNow, requestOf, sharing } from "./charge-sample.js";
import { NOW_MS } from "./samples.js";
import type { Suite } from "./suite.js";

/**
 * Declares tests of meters that keys share; where there are none, each asserts that a charge on them is refused by name
 * and spends nothing, and so is a refund.
 */
export function whereShared({
  it,
  createStore,
}: Suite): (title: string, body: (store: Store) => Promise<void>) => void {
  return (title, body) =>
    it(`capability sharedMeters: ${title}; without the capability, what is shared is refused by name`, async () => {
      const store = await createStore();
      return store.capabilities.sharedMeters ? body(store) : refusesShared(store);
    });
}

async function refusesShared(store: Store): Promise<void> {
  const key = requestOf([credits(1)]);
  await assert.rejects(store.consume([sharing(key, [credits(1)])], NOW_MS), /shared/);
  assert.deepEqual(await metersNow(store, key), [null]);
  const { tenant, keyId } = key;
  const shared = { owner: "owner", ofOwner: [], ofTenant: [] };
  await assert.rejects(store.refund([{ tenant, keyId, refunds: [], shared }]), /shared/);
}
