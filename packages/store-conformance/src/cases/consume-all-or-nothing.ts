import assert from "node:assert/strict";
import { accountedKey, consumeOne, credits, NOW_US, requestOf } from "../charge-sample.js";
import type { Suite } from "../suite.js";

const HOUR_US = 3_600_000_000;

export function consumeAllOrNothing({ it, createStore }: Suite): void {
  it("promise 3: a request that one meter refuses spends nothing of the others, first or last", async () => {
    const spend = accountedKey(await createStore());
    const ceilingUs = NOW_US + 100 * HOUR_US;
    const burst = { form: "gcra", meter: "gcra:burst", floorUs: NOW_US, addUs: HOUR_US, ceilingUs } as const;
    const [plenty, two] = [credits(100, 1, "window:plenty"), credits(2, 1, "window:two")];
    for (const charges of [
      [two, plenty, burst],
      [burst, two, plenty],
    ]) {
      assert.equal((await spend(charges)).admitted, 1);
    }
    for (const charges of [
      [two, plenty, burst],
      [plenty, burst, two],
    ]) {
      assert.equal((await spend(charges)).admitted, 0);
    }
    const { admitted, meters } = await spend([plenty, burst]);
    assert.equal(admitted, 1);
    assert.deepEqual(meters[0], { form: "window", windowAt: 0, used: 3 });
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
