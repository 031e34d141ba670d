import assert from "node:assert/strict";
import { consumeOne, requestOf } from "../charge-sample.js";
import type { Suite } from "../suite.js";

const METER = "window:month";

export function consumeWindow({ it, createStore }: Suite): void {
  it("a window charge adds up within its window, begins again in a newer one, and never goes back to an older one", async () => {
    const store = await createStore();
    const key = requestOf([]);
    const spend = async (windowAt: number, add: number, ceiling: number) => {
      const charge = { form: "window", meter: METER, windowAt, add, ceiling } as const;
      const { admitted, meters } = await consumeOne(store, { ...key, charges: [charge] });
      return { admitted, meters };
    };
    const used = (windowAt: number, amount: number) => [{ form: "window", windowAt, used: amount }];

    assert.deepEqual(
      await spend(1_000, 4, 3),
      { admitted: 0, meters: [null] },
      "beyond the ceiling, on a fresh key too",
    );
    assert.deepEqual(await spend(1_000, 2, 3), { admitted: 1, meters: used(1_000, 2) });
    assert.deepEqual(
      await spend(1_000, 2, 3),
      { admitted: 0, meters: used(1_000, 2) },
      "a refusal leaves what was stored",
    );
    assert.deepEqual(
      await spend(1_000, 1, 3),
      { admitted: 1, meters: used(1_000, 3) },
      "the ceiling itself is admitted",
    );
    assert.deepEqual(
      await spend(2_000, 4, 3),
      { admitted: 0, meters: used(1_000, 3) },
      "a refusal does not begin the new window",
    );
    assert.deepEqual(await spend(2_000, 1, 3), { admitted: 1, meters: used(2_000, 1) });
    assert.deepEqual(
      await spend(1_000, 1, 3),
      { admitted: 1, meters: used(2_000, 2) },
      "an older window spends of the newer one",
    );
    assert.deepEqual(await spend(1_000, 2, 3), { admitted: 0, meters: used(2_000, 2) });
  });
}
