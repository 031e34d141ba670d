import assert from "node:assert/strict";
import type { Charge, ChargeRequest, Store } from "@claviger/core";
import { credits, NOW_US, requestOf } from "../charge-sample.js";
import { atOnce, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";

const LIMIT = 100;
const CALLS = 1_000;
const REFILL_US = 600_000_000;

const FORMS: readonly [string, Charge][] = [
  // Refills one unit in ten minutes, so that by a clock of the store's own, too, the race is over before the first.
  [
    "gcra",
    { form: "gcra", meter: "gcra:burst", floorUs: NOW_US, addUs: REFILL_US, ceilingUs: NOW_US + LIMIT * REFILL_US },
  ],
  ["a fixed window", { form: "window", meter: "window:minute", windowAt: NOW_MS, add: 1, ceiling: LIMIT }],
  ["credits", credits(LIMIT)],
];

/** Units admitted, of as many calls at once as requests. */
async function admittedOf(store: Store, calls: readonly (readonly ChargeRequest[])[]): Promise<number> {
  const results = await Promise.all(calls.map((requests) => store.consume(requests, NOW_MS)));
  return results.flat().reduce((sum, { admitted }) => sum + admitted, 0);
}

export function consumeRace({ it, createStore }: Suite): void {
  for (const [name, charge] of FORMS) {
    it(`promise 3: ${CALLS} calls at once under a limit of ${LIMIT} by ${name} admit exactly ${LIMIT}`, async () => {
      const store = await createStore();
      const request = requestOf([charge]);
      assert.equal(
        await admittedOf(
          store,
          Array.from({ length: CALLS }, () => [request]),
        ),
        LIMIT,
      );
    });
  }

  it("several limits at once: the tightest decides, exactly, and the others are charged as much", async () => {
    const store = await createStore();
    const charges = [credits(100, 1, "window:a"), credits(60, 1, "window:b"), credits(70, 1, "window:c")];
    const request = requestOf(charges);
    assert.equal(
      await admittedOf(
        store,
        Array.from({ length: 400 }, () => [request]),
      ),
      60,
    );
    const [last] = await store.consume([request], NOW_MS);
    assert.deepEqual(
      last?.meters.map((meter) => meter?.form === "window" && meter.used),
      [60, 60, 60],
    );
  });

  it("units and costs at once: not one unit more is spent than the limit holds, nor left while it fits", async () => {
    const store = await createStore();
    const key = requestOf([]);
    const calls = Array.from({ length: 60 }, (_, index) => [
      { ...key, charges: [credits(LIMIT, 1)], units: 1 + (index % 7) },
    ]);
    assert.equal(await admittedOf(store, calls), LIMIT);
  });

  it("fifty workers over overlapping sets of keys, each in an order of its own: no deadlock, and every limit exact", async () => {
    const store = await createStore();
    const keys = Array.from({ length: 8 }, () => requestOf([credits(20)]));
    const admitted = new Map(keys.map(({ keyId }) => [keyId, 0]));
    await atOnce(50, async (worker) => {
      const rotated = [...keys.slice(worker % 8), ...keys.slice(0, worker % 8)];
      const requests = worker % 2 === 0 ? rotated : rotated.reverse();
      const results = await store.consume(requests, NOW_MS);
      requests.forEach(({ keyId }, index) => {
        admitted.set(keyId, (admitted.get(keyId) ?? 0) + (results[index]?.admitted ?? 0));
      });
    });
    assert.deepEqual(
      [...admitted.values()],
      keys.map(() => 20),
    );
  });
}
