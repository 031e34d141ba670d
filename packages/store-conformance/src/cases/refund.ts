import assert from "node:assert/strict";
import type { Charge } from "@claviger/core";
import { consumeOne, credits, metersNow, NOW_US, refundOf, requestOf, usedOf } from "../charge-sample.js";
import { NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";

const HOUR_US = 3_600_000_000;
const DAY: Charge = { form: "window", meter: "window:day", windowAt: NOW_MS, add: 5, ceiling: 20 };

export function refund({ it, createStore }: Suite): void {
  it("a refund takes back what it says of each meter: time of a gcra meter, units of the window that was charged", async () => {
    const store = await createStore();
    const burst = {
      form: "gcra",
      meter: "gcra:burst",
      floorUs: NOW_US,
      addUs: 3,
      ceilingUs: NOW_US + HOUR_US,
    } as const;
    const key = requestOf([burst, DAY, credits(9, 4)]);
    const { tenant, keyId } = key;
    const [gcra] = (await consumeOne(store, key)).meters;
    const refunds = [
      { form: "gcra", meter: "gcra:burst", subUs: 2 },
      { form: "window", meter: "window:day", windowAt: NOW_MS, sub: 2 },
      refundOf(1),
    ] as const;
    await store.refund([{ tenant, keyId, refunds }]);
    assert.ok(gcra?.form === "gcra");
    const left = [
      { form: "gcra", tatUs: gcra.tatUs - 2 },
      { form: "window", windowAt: NOW_MS, used: 3 },
      { form: "window", windowAt: 0, used: 3 },
    ];
    assert.deepEqual(await metersNow(store, key), left);
    await store.refund([{ tenant, keyId, refunds: [refundOf(3)] }]);
    assert.deepEqual(usedOf(await metersNow(store, key)), [null, 3, 0], "and leaves the other meters");
    assert.equal(
      (await consumeOne(store, { ...key, charges: [credits(9, 9)] })).admitted,
      1,
      "what came back fits again",
    );
  });

  it("a refund of a window that is not the one that counts, older or newer, gives nothing; none gives below zero", async () => {
    const store = await createStore();
    const key = requestOf([DAY]);
    const { tenant, keyId } = key;
    await consumeOne(store, key);
    for (const windowAt of [0, NOW_MS - 1, NOW_MS + 1]) {
      await store.refund([{ tenant, keyId, refunds: [{ form: "window", meter: DAY.meter, windowAt, sub: 1 }] }]);
      assert.deepEqual(usedOf(await metersNow(store, key)), [5], `of the window at ${windowAt}`);
    }
    await store.refund([{ tenant, keyId, refunds: [{ form: "window", meter: DAY.meter, windowAt: NOW_MS, sub: 6 }] }]);
    assert.deepEqual(usedOf(await metersNow(store, key)), [0]);
  });
}
