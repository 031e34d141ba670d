import assert from "node:assert/strict";
import type { ChargeRequest } from "@claviger/core";
import { consumeOne, credits, metersNow, refundOf, requestOf, usedOf } from "../charge-sample.js";
import { insertSample, NOW_MS, replaceSample, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { whereAtOnce } from "../where-at-once.js";

const WIDE = credits(100);

export function consumeWithHandle(suite: Suite): void {
  const atOnce = whereAtOnce(suite);

  atOnce(
    "with a handle it charges the same meters, whatever has become of them and of the key since",
    async (store) => {
      const key = await insertSample(store);
      const request = requestOf([WIDE], { tenant: key.tenant, keyId: key.id });
      const another = { ...request, charges: [credits(100, 1, "window:another")] };
      let handle: unknown;
      const charge = (asked: ChargeRequest) => {
        const result = store.consume.atOnce?.(asked, NOW_MS, handle);
        handle = result?.handle;
        return usedOf(result?.meters ?? []);
      };
      assert.deepEqual([charge(request), charge(request)], [[1], [2]]);
      await consumeOne(store, { ...request, units: 3 });
      await consumeOne(store, another);
      assert.deepEqual([charge(request), charge(another), charge({ ...another, units: 0 })], [[6], [2], [2]]);
      await store.refund([{ tenant: key.tenant, keyId: key.id, refunds: [refundOf(4)] }]);
      assert.deepEqual(charge({ ...request, units: 0 }), [2]);
      await replaceSample(store, tombstoneOf(key));
      assert.deepEqual([charge(another), charge(request)], [[1], [1]]);
      assert.deepEqual(usedOf(await metersNow(store, { ...request, charges: [WIDE, ...another.charges] })), [1, 1]);
    },
  );

  atOnce("what is no handle of its own is none", async (store) => {
    const key = requestOf([WIDE]);
    for (const [index, handle] of [null, 1, "handle", {}, { meters: 7 }, () => undefined, new Map()].entries())
      assert.deepEqual(usedOf(store.consume.atOnce?.(key, NOW_MS, handle).meters ?? []), [index + 1]);
  });
}
