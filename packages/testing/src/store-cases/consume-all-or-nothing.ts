import assert from "node:assert/strict";
import { consumeOne, credits, NOW_US, requestOf } from "./charge-sample.js";
import type { StoreSuite } from "./store-suite.js";

export function consumeAllOrNothing({ it, createStore }: StoreSuite): void {
  it("promise 3: a request that one meter refuses spends nothing of the others, first or last", async () => {
    const store = await createStore();
    const burst = { form: "gcra", meter: "gcra:burst", floorUs: NOW_US, addUs: 1, ceilingUs: NOW_US + 100 } as const;
    const [plenty, two] = [credits(100, 1, "window:plenty"), credits(2, 1, "window:two")];
    const key = requestOf([]);
    for (const charges of [
      [two, plenty, burst],
      [burst, two, plenty],
    ]) {
      assert.equal((await consumeOne(store, { ...key, charges })).admitted, 1);
    }
    for (const charges of [
      [two, plenty, burst],
      [plenty, burst, two],
    ]) {
      assert.equal((await consumeOne(store, { ...key, charges })).admitted, 0);
    }
    const { admitted, meters } = await consumeOne(store, { ...key, charges: [plenty, burst] });
    assert.equal(admitted, 1);
    assert.deepEqual(meters, [
      { form: "window", windowAt: 0, used: 3 },
      { form: "gcra", tatUs: NOW_US + 3 },
    ]);
  });

  it("meters come back in the order of the charges, null where nothing was ever spent", async () => {
    const store = await createStore();
    const key = requestOf([]);
    await consumeOne(store, { ...key, charges: [credits(5, 3, "window:b")] });
    const charges = [credits(0, 1, "window:a"), credits(9, 1, "window:b"), credits(9, 1, "__proto__")];
    assert.deepEqual((await consumeOne(store, { ...key, charges })).meters, [
      null,
      { form: "window", windowAt: 0, used: 3 },
      null,
    ]);
  });
}
