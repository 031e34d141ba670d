import assert from "node:assert/strict";
import { consumeOne, NOW_US, requestOf } from "./charge-sample.js";
import type { StoreSuite } from "./store-suite.js";

const METER = "gcra:burst";

export function consumeGcra({ it, createStore }: StoreSuite): void {
  it("a gcra charge starts at its floor or at what is stored, whichever is later, and is admitted up to its ceiling", async () => {
    const store = await createStore();
    const key = requestOf([]);
    const spend = async (floorUs: number, addUs: number, ceilingUs: number) => {
      const charge = { form: "gcra", meter: METER, floorUs, addUs, ceilingUs } as const;
      const { admitted, meters } = await consumeOne(store, { ...key, charges: [charge] });
      return { admitted, meters };
    };
    const at = (tatUs: number) => [{ form: "gcra", tatUs }];

    assert.deepEqual(
      await spend(NOW_US, 11, NOW_US + 10),
      { admitted: 0, meters: [null] },
      "beyond the ceiling, on a fresh key too",
    );
    assert.deepEqual(
      await spend(NOW_US, 10, NOW_US + 10),
      { admitted: 1, meters: at(NOW_US + 10) },
      "the ceiling itself is admitted",
    );
    assert.deepEqual(
      await spend(NOW_US, 1, NOW_US + 10),
      { admitted: 0, meters: at(NOW_US + 10) },
      "a refusal leaves what was stored",
    );
    assert.deepEqual(
      await spend(NOW_US + 4, 4, NOW_US + 14),
      { admitted: 1, meters: at(NOW_US + 14) },
      "from what is stored, which is later",
    );
    assert.deepEqual(
      await spend(NOW_US + 99, 1, NOW_US + 109),
      { admitted: 1, meters: at(NOW_US + 100) },
      "from the floor, which is later",
    );
    assert.deepEqual(
      await spend(NOW_US - 50, 1, NOW_US - 40),
      { admitted: 0, meters: at(NOW_US + 100) },
      "a clock that steps back frees nothing",
    );
  });
}
