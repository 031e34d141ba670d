import assert from "node:assert/strict";
import { consumeOne, credits, metersNow, refundOf, requestOf, sharing, usedOf } from "../charge-sample.js";
import type { Suite } from "../suite.js";
import { whereShared } from "../where-shared.js";

const ONE = refundOf(1);

export function refundShared(suite: Suite): void {
  const shared = whereShared(suite);

  shared("a refund takes back of the key's, its owner's and its tenant's meters, each by itself", async (store) => {
    const key = sharing(requestOf([credits(9, 5)]), [credits(9, 5)], [credits(9, 5)]);
    const { tenant, keyId } = key;
    await consumeOne(store, key);
    const ofBoth = { owner: "owner", ofOwner: [ONE], ofTenant: [ONE] };
    await store.refund([{ tenant, keyId, refunds: [ONE], shared: ofBoth }]);
    assert.deepEqual(usedOf(await metersNow(store, key)), [4, 4, 4]);
    await store.refund([{ tenant, keyId, refunds: [], shared: { ...ofBoth, ofTenant: [] } }]);
    assert.deepEqual(usedOf(await metersNow(store, key)), [4, 3, 4]);
    await store.refund([{ tenant, keyId, refunds: [], shared: { ...ofBoth, ofOwner: [] } }]);
    assert.deepEqual(usedOf(await metersNow(store, key)), [4, 3, 3]);
    await store.refund([{ tenant, keyId, refunds: [ONE] }]);
    assert.deepEqual(usedOf(await metersNow(store, key)), [3, 3, 3]);
    await store.refund([{ tenant, keyId, refunds: [], shared: { ...ofBoth, owner: "another", ofTenant: [] } }]);
    assert.deepEqual(usedOf(await metersNow(store, key)), [3, 3, 3], "another owner's refund is none of his");
  });
}
