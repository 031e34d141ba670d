import assert from "node:assert/strict";
import { credits, requestOf } from "../charge-sample.js";
import { NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";

export function consumeInOrder({ it, createStore }: Suite): void {
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
}
