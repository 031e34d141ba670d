import assert from "node:assert/strict";
import { consumeOne, credits, metersNow, refundOf, requestOf, usedOf } from "../charge-sample.js";
import { similarTenants } from "../similar-tenants.js";
import type { Suite } from "../suite.js";

export function refundApart({ it, createStore }: Suite): void {
  it("each refund counts: one that comes twice, in one call or in two, takes back twice", async () => {
    const store = await createStore();
    const key = requestOf([credits(20, 20)]);
    const { tenant, keyId } = key;
    await consumeOne(store, key);
    const request = { tenant, keyId, refunds: [refundOf(3)] };
    await store.refund([request, request]);
    assert.deepEqual(usedOf(await metersNow(store, key)), [14]);
    await store.refund([request]);
    await store.refund([]);
    assert.deepEqual(usedOf(await metersNow(store, key)), [11]);
  });

  it("a refund on a meter that is not there, or of another tenant's key, makes none and gives nothing", async () => {
    const store = await createStore();
    const key = requestOf([credits(20, 20), credits(20, 20, "window:none")]);
    const { tenant, keyId } = key;
    const refunds = [refundOf(3), refundOf(3, "window:none"), { form: "gcra", meter: "gcra:none", subUs: 3 }] as const;
    await store.refund([{ tenant, keyId, refunds }]);
    assert.deepEqual(await metersNow(store, key), [null, null]);
    await consumeOne(store, { ...key, charges: [credits(20, 20)] });
    for (const other of similarTenants(tenant)) await store.refund([{ tenant: other, keyId, refunds }]);
    assert.deepEqual(usedOf(await metersNow(store, key)), [20, null]);
    await store.refund([{ tenant, keyId, refunds }]);
    assert.deepEqual(usedOf(await metersNow(store, key)), [17, null], "what is there is refunded, missing ones aside");
  });

  it("refunds at once beside charges: each counts once, and never more than the limit is spent", async () => {
    const store = await createStore();
    const key = requestOf([credits(10)]);
    const { tenant, keyId } = key;
    assert.equal((await consumeOne(store, { ...key, units: 10 })).admitted, 10);
    const calls = Array.from({ length: 20 }, (_, index) =>
      index % 4 === 0
        ? store.refund([{ tenant, keyId, refunds: [refundOf(1)] }]).then(() => 0)
        : consumeOne(store, key).then(({ admitted }) => admitted),
    );
    const admitted = (await Promise.all(calls)).reduce((sum, each) => sum + each, 0);
    assert.deepEqual(usedOf(await metersNow(store, key)), [10 - 5 + admitted]);
    assert.ok(admitted <= 5);
  });
}
