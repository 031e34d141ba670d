import assert from "node:assert/strict";
import { applyCharges, type Charge, type ChargeRequest, type Meter } from "@claviger/core";
import fc from "fast-check";
import { freshId, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";

const BASE_US = 7_258_118_400_000_000;
const small = fc.integer({ min: 0, max: 12 });

const gcra: fc.Arbitrary<Charge> = fc
  .record({
    meter: fc.constantFrom("gcra:a", "gcra:b"),
    floor: small,
    addUs: small,
    burst: fc.integer({ min: -2, max: 20 }),
  })
  .map(({ meter, floor, addUs, burst }) => {
    const floorUs = BASE_US + floor;
    return { form: "gcra", meter, floorUs, addUs, ceilingUs: floorUs + burst };
  });

const window: fc.Arbitrary<Charge> = fc.record({
  form: fc.constant("window"),
  meter: fc.constantFrom("window:a", "window:b", "__proto__"),
  windowAt: fc.constantFrom(0, 1_000, 2_000),
  add: small,
  ceiling: fc.integer({ min: 0, max: 20 }),
});

const call = fc.array(
  fc.record({
    key: fc.integer({ min: 0, max: 2 }),
    charges: fc.uniqueArray(fc.oneof(gcra, window), { selector: ({ meter }) => meter, minLength: 1, maxLength: 4 }),
    units: fc.integer({ min: 1, max: 6 }),
  }),
  { minLength: 1, maxLength: 6 },
);

/** A store of meters made of nothing but core's arithmetic. */
function oracle(): (request: ChargeRequest) => {
  readonly admitted: number;
  readonly meters: readonly (Meter | null)[];
} {
  const stored = new Map<string, Map<string, Meter>>();
  return ({ keyId, charges, units }) => {
    const meters = stored.get(keyId) ?? new Map<string, Meter>();
    stored.set(keyId, meters);
    const applied = applyCharges(meters, charges, units);
    charges.forEach(({ meter }, index) => {
      const after = applied.meters[index];
      if (after) meters.set(meter, after);
    });
    return applied;
  };
}

export function consumeLikeCore({ it, createStore }: Suite): void {
  it("any calls of consume, one after the other, give what core's applyCharges gives", async () => {
    const store = await createStore();
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 5 }), async (calls) => {
        const ids = [freshId(), freshId(), freshId()];
        const expect = oracle();
        for (const batch of calls) {
          const requests = batch.map(({ key, ...rest }) => ({ tenant: "t", keyId: ids[key] ?? "", ...rest }));
          const results = await store.consume(requests, NOW_MS);
          assert.deepEqual(
            results.map(({ admitted, meters }) => ({ admitted, meters })),
            requests.map(expect),
          );
        }
      }),
    );
  });
}
