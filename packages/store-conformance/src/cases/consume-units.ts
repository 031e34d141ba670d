import assert from "node:assert/strict";
import { MAX_PERIOD_MS, MAX_TIME_MS } from "@claviger/core";
import { accountedKey, credits, NOW_US } from "../charge-sample.js";
import type { Suite } from "../suite.js";

const HOUR_US = 3_600_000_000;

export function consumeUnits({ it, createStore }: Suite): void {
  it("of n units as many are admitted as fit under every charge, and the others spend nothing", async () => {
    const spend = accountedKey(await createStore());
    const ceilingUs = NOW_US + 75 * HOUR_US;
    const charges = [
      { form: "gcra", meter: "gcra:burst", floorUs: NOW_US, addUs: 10 * HOUR_US, ceilingUs },
      credits(100, 3),
    ] as const;
    assert.equal((await spend(charges, 5)).admitted, 5);
    const second = await spend(charges, 5);
    assert.equal(second.admitted, 2);
    assert.deepEqual(second.meters[1], { form: "window", windowAt: 0, used: 21 });
    assert.deepEqual(await spend(charges, 5), { admitted: 0, meters: second.meters });
  });

  it("the largest numbers that core can ask for are exact", async () => {
    const spend = accountedKey(await createStore());
    const most = Number.MAX_SAFE_INTEGER;
    const latestUs = MAX_TIME_MS * 1000;
    const burstUs = 2 * MAX_PERIOD_MS * 1000;
    const charges = [
      { form: "gcra", meter: "gcra:late", floorUs: latestUs, addUs: burstUs - 1, ceilingUs: latestUs + burstUs },
      credits(most, most - 1),
    ] as const;
    const { admitted, meters } = await spend(charges, most, MAX_TIME_MS);
    assert.equal(admitted, 1);
    assert.deepEqual(meters[1], { form: "window", windowAt: 0, used: most - 1 });
  });
}
