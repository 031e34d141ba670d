import assert from "node:assert/strict";
import { credits, requestOf } from "./charge-sample.js";
import { freshTenant, NOW_MS } from "./sample.js";
import type { StoreSuite } from "./store-suite.js";

export function consumeInOrder({ it, createStore }: StoreSuite): void {
  it("requests of one call for one key apply in the order given, and each is answered in its place", async () => {
    const store = await createStore();
    const [one, other] = [requestOf([]), requestOf([])];
    const costing = (key: typeof one, cost: number) => ({ ...key, charges: [credits(10, cost)] });
    const results = await store.consume(
      [costing(one, 6), costing(other, 9), costing(one, 5), costing(one, 4), costing(other, 1), costing(one, 1)],
      NOW_MS,
    );
    assert.deepEqual(
      results.map(({ admitted, meters }) => [admitted, ...meters]),
      [
        [1, { form: "window", windowAt: 0, used: 6 }],
        [1, { form: "window", windowAt: 0, used: 9 }],
        [0, { form: "window", windowAt: 0, used: 6 }],
        [1, { form: "window", windowAt: 0, used: 10 }],
        [1, { form: "window", windowAt: 0, used: 10 }],
        [0, { form: "window", windowAt: 0, used: 10 }],
      ],
    );
    assert.deepEqual(await store.consume([], NOW_MS), []);
  });

  it("a key's meters are its tenant's: under another tenant the same id has meters of its own", async () => {
    const store = await createStore();
    const mine = requestOf([]);
    const foreign = { ...mine, tenant: freshTenant() };
    const usedAfter = async (...costs: readonly [typeof mine, number][]) => {
      const results = await store.consume(
        costs.map(([key, cost]) => ({ ...key, charges: [credits(100, cost)] })),
        NOW_MS,
      );
      return results.flatMap(({ meters }) => meters).map((meter) => meter?.form === "window" && meter.used);
    };
    assert.deepEqual(await usedAfter([mine, 1], [foreign, 5], [mine, 2], [foreign, 7]), [1, 5, 3, 12]);
    assert.deepEqual(await usedAfter([foreign, 1], [mine, 1]), [13, 4]);
    assert.deepEqual(await usedAfter([mine, 1]), [5]);
    assert.deepEqual(await usedAfter([foreign, 1]), [14]);
  });

  it("by the caller's clock, the time that counted is the caller's", async () => {
    const store = await createStore();
    const [result] = await store.consume([requestOf([credits(1)])], NOW_MS);
    assert.equal(result?.nowUs, NOW_MS * 1000);
  });
}
