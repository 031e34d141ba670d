import assert from "node:assert/strict";
import type { Charge, ChargeRequest, ChargeResult } from "@claviger/core";
import fc from "fast-check";
import { freshId, freshTenant, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { modelMeters } from "./model-meters.js";

const small = fc.integer({ min: 0, max: 12 });

/** A charge, once the time of the call is known. */
type ChargeAt = (nowMs: number) => Charge;

const gcra = fc
  .record({
    meter: fc.constantFrom("gcra:a", "gcra:b"),
    floor: small,
    addUs: small,
    burst: fc.integer({ min: -2, max: 20 }),
  })
  .map(({ meter, floor, addUs, burst }): { meter: string; at: ChargeAt } => ({
    meter,
    at: (nowMs) => {
      const floorUs = nowMs * 1000 + floor;
      return { form: "gcra", meter, floorUs, addUs, ceilingUs: floorUs + burst };
    },
  }));

const window = fc
  .record({
    meter: fc.constantFrom("window:a", "window:b", "__proto__"),
    lengthMs: fc.constantFrom(1, 3, 1_000, Number.MAX_SAFE_INTEGER),
    add: small,
    ceiling: fc.integer({ min: 0, max: 20 }),
  })
  .map(({ meter, lengthMs, add, ceiling }): { meter: string; at: ChargeAt } => ({
    meter,
    at: (nowMs) => ({ form: "window", meter, windowAt: nowMs - (nowMs % lengthMs), add, ceiling }),
  }));

const call = fc.record({
  /** The caller's clock: it stands, goes on, and steps back. */
  nowMs: fc.integer({ min: -4, max: 4 }).map((afterMs) => NOW_MS + afterMs),
  /** Whether it goes by `consume.atOnce`, request by request, where the store has that. */
  goesAtOnce: fc.boolean(),
  requests: fc.array(
    fc.record({
      key: fc.integer({ min: 0, max: 2 }),
      charges: fc.uniqueArray(fc.oneof(gcra, window), { selector: ({ meter }) => meter, minLength: 1, maxLength: 4 }),
      units: fc.integer({ min: 0, max: 6 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});

export function consumeLikeCore({ it, createStore }: Suite): void {
  it("any calls of consume, at any times, on several keys, give what core's applyCharges gives by the clock that counts", async () => {
    const store = await createStore();
    const { atOnce } = store.consume;
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 6 }), async (calls) => {
        const tenant = freshTenant();
        const ids = [freshId(), freshId(), freshId()];
        const model = modelMeters();
        const handles = new Map<string, unknown>();
        const chargeNow = (charge: NonNullable<typeof atOnce>, request: ChargeRequest, nowMs: number): ChargeResult => {
          const { handle, ...result } = charge(request, nowMs, handles.get(request.keyId));
          handles.set(request.keyId, handle);
          return result;
        };
        for (const { nowMs, goesAtOnce, requests: drawn } of calls) {
          const requests = drawn.map(({ key, charges, units }) => ({
            tenant,
            keyId: ids[key] ?? "",
            charges: charges.map(({ at }) => at(nowMs)),
            units,
          }));
          const results =
            goesAtOnce && atOnce !== undefined
              ? requests.map((request) => chargeNow(atOnce, request, nowMs))
              : await store.consume(requests, nowMs);
          // By the store's own clock the times are its own; whichever it says, the charges must have gone by them.
          const nowUs = results.map((result) => result.nowUs);
          if (store.capabilities.meterClock === "caller") assert.ok(nowUs.every((atUs) => atUs === nowMs * 1000));
          assert.deepEqual(results, model.consume(requests, nowMs, nowUs));
        }
      }),
    );
  });
}
