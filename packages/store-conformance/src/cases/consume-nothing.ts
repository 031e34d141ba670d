import assert from "node:assert/strict";
import { consumeOne, credits, metersNow, NOW_US, requestOf } from "../charge-sample.js";
import { NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";

const HOUR_US = 3_600_000_000;

export function consumeNothing({ it, createStore }: Suite): void {
  it("of no units nothing is spent: the meters are told as they are stored, whether or not a charge would fit", async () => {
    const store = await createStore();
    const burst = { form: "gcra", meter: "gcra:burst", floorUs: NOW_US, addUs: HOUR_US, ceilingUs: NOW_US + HOUR_US };
    const key = requestOf([credits(2), { ...burst, form: "gcra" }, credits(0, 1, "window:never")]);
    const asked = { ...key, units: 0 };
    assert.deepEqual(await consumeOne(store, asked).then(({ admitted, meters }) => ({ admitted, meters })), {
      admitted: 0,
      meters: [null, null, null],
    });
    const { meters } = await consumeOne(store, { ...key, charges: key.charges.slice(0, 2) });
    for (const _ of [1, 2]) assert.deepEqual(await metersNow(store, key), [...meters, null]);
    const older = { form: "window", meter: "window:credits", windowAt: NOW_MS, add: 5, ceiling: 9 } as const;
    assert.deepEqual(
      await metersNow(store, { ...key, charges: [older] }),
      [meters[0]],
      "a newer window does not begin",
    );
  });

  it("a request of no units beside others of one call, and of one key, tells what those before it have left", async () => {
    const store = await createStore();
    const key = requestOf([credits(9, 2)]);
    const look = { ...key, units: 0 };
    const results = await store.consume([look, key, look, { ...key, units: 2 }, look], NOW_MS);
    const used = (amount: number) => [{ form: "window", windowAt: 0, used: amount }];
    assert.deepEqual(
      results.map(({ admitted, meters }) => [admitted, meters]),
      [
        [0, [null]],
        [1, used(2)],
        [0, used(2)],
        [2, used(6)],
        [0, used(6)],
      ],
    );
  });
}
