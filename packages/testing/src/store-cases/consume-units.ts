import assert from "node:assert/strict";
import { consumeOne, credits, NOW_US, requestOf } from "./charge-sample.js";
import type { StoreSuite } from "./store-suite.js";

export function consumeUnits({ it, createStore }: StoreSuite): void {
  it("of n units as many are admitted as fit under every charge, and the others spend nothing", async () => {
    const store = await createStore();
    const key = requestOf([]);
    const charges = [
      { form: "gcra", meter: "gcra:burst", floorUs: NOW_US, addUs: 10, ceilingUs: NOW_US + 75 },
      credits(100, 3),
    ] as const;
    const first = await consumeOne(store, { ...key, charges, units: 5 });
    assert.equal(first.admitted, 5);
    const second = await consumeOne(store, { ...key, charges, units: 5 });
    assert.equal(second.admitted, 2);
    assert.deepEqual(second.meters, [
      { form: "gcra", tatUs: NOW_US + 70 },
      { form: "window", windowAt: 0, used: 21 },
    ]);
    const third = await consumeOne(store, { ...key, charges, units: 5 });
    assert.deepEqual({ admitted: third.admitted, meters: third.meters }, { admitted: 0, meters: second.meters });
  });

  it("the largest numbers that core can ask for are exact", async () => {
    const store = await createStore();
    const most = Number.MAX_SAFE_INTEGER;
    const charges = [
      { form: "gcra", meter: "gcra:late", floorUs: most - 2, addUs: 1, ceilingUs: most },
      credits(most, most - 1),
    ] as const;
    const key = requestOf(charges, { units: most });
    const { admitted, meters } = await consumeOne(store, key);
    assert.equal(admitted, 1);
    assert.deepEqual(meters, [
      { form: "gcra", tatUs: most - 1 },
      { form: "window", windowAt: 0, used: most - 1 },
    ]);
  });
}
