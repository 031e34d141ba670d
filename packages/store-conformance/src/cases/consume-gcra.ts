import assert from "node:assert/strict";
import { accountedKey, NOW_US } from "../charge-sample.js";
import type { Suite } from "../suite.js";

// So long that no test lasts until some of it has refilled on a clock that runs.
const HOUR_US = 3_600_000_000;

export function consumeGcra({ it, createStore }: Suite): void {
  it("a gcra charge starts at its floor or at what is stored, whichever is later, and is admitted up to its ceiling", async () => {
    const spend = accountedKey(await createStore());
    const admits = async (floor: number, add: number, ceiling: number) => {
      const [floorUs, ceilingUs] = [NOW_US + floor * HOUR_US, NOW_US + ceiling * HOUR_US];
      const charge = { form: "gcra", meter: "gcra:burst", floorUs, addUs: add * HOUR_US, ceilingUs } as const;
      return (await spend([charge])).admitted === 1;
    };
    assert.ok(!(await admits(0, 11, 10)), "beyond the ceiling, on a fresh key too");
    assert.ok(await admits(0, 10, 10), "the ceiling itself is admitted");
    assert.ok(!(await admits(0, 1, 10)), "a refusal leaves what was stored");
    assert.ok(await admits(4, 4, 14), "from what is stored, which is later");
    assert.ok(await admits(99, 1, 109), "from the floor, which is later");
    assert.ok(!(await admits(-50, 1, -40)), "a clock that steps back frees nothing");
  });

  it("gcra counts whole microseconds, and rounds nothing", async () => {
    const spend = accountedKey(await createStore());
    for (const [addUs, units] of [
      [1, 1],
      [333_333_333_333, 3],
      [600_001, 7],
    ] as const) {
      const ceilingUs = NOW_US + 10_000_000_000_007;
      const { admitted } = await spend([{ form: "gcra", meter: "gcra:odd", floorUs: NOW_US, addUs, ceilingUs }], units);
      assert.equal(admitted, units);
    }
  });
}
