import assert from "node:assert/strict";
import type { Charge, ChargeResult } from "@claviger/core";
import { consumeOne, credits, metersNow, NOW_US, requestOf, sharing, usedOf } from "../charge-sample.js";
import { freshId } from "../samples.js";
import type { Suite } from "../suite.js";
import { vandalise } from "../vandalise.js";
import { whereAtOnce } from "../where-at-once.js";

const WIDE = credits(100);
const HOUR_US = 3_600_000_000;
const BURST: Charge = {
  form: "gcra",
  meter: "gcra:burst",
  floorUs: NOW_US,
  addUs: HOUR_US,
  ceilingUs: NOW_US + 100 * HOUR_US,
};

function spent({ admitted, meters }: ChargeResult): readonly [number, readonly (number | null)[]] {
  return [admitted, usedOf(meters)];
}

export function consumeAtOnce(suite: Suite): void {
  const atOnce = whereAtOnce(suite);

  atOnce("it charges the meters that consume charges, whichever comes first", async (store, chargeNow) => {
    const [first, second] = [requestOf([WIDE]), requestOf([WIDE])];
    assert.deepEqual(spent(chargeNow(first)), [1, [1]]);
    assert.deepEqual(spent(await consumeOne(store, first)), [1, [2]]);
    assert.deepEqual(spent(chargeNow({ ...first, units: 3 })), [3, [5]]);
    assert.deepEqual(usedOf(await metersNow(store, first)), [5]);
    assert.deepEqual(spent(await consumeOne(store, second)), [1, [1]]);
    assert.deepEqual(spent(chargeNow(second)), [1, [2]]);
  });

  atOnce("it charges the meters that keys share, or refuses them by name", async (store, chargeNow) => {
    const own = requestOf([WIDE]);
    const key = sharing(own, [WIDE], [WIDE]);
    if (!store.capabilities.sharedMeters) {
      assert.throws(() => chargeNow(key), /shared/);
      assert.deepEqual(await metersNow(store, own), [null]);
      return;
    }
    const another = { ...key, keyId: freshId() };
    assert.deepEqual(spent(chargeNow(key)), [1, [1, 1, 1]]);
    assert.deepEqual(spent(await consumeOne(store, another)), [1, [1, 2, 2]]);
    assert.deepEqual(spent(chargeNow(key)), [1, [2, 3, 3]]);
  });

  atOnce("promise 3: a unit that does not fit spends nothing", async (store, chargeNow) => {
    const two = credits(2, 1, "window:two");
    const keys = [requestOf([two, WIDE, BURST]), requestOf([BURST, WIDE, two])];
    const sharingKeys = [sharing(requestOf([WIDE]), [two], [WIDE]), sharing(requestOf([BURST]), [WIDE], [two])];
    for (const key of store.capabilities.sharedMeters ? [...keys, ...sharingKeys] : keys) {
      assert.equal(chargeNow({ ...key, units: 3 }).admitted, 2);
      const before = await metersNow(store, key);
      const { admitted, meters } = chargeNow(key);
      assert.deepEqual({ admitted, meters }, { admitted: 0, meters: before });
      assert.deepEqual(await metersNow(store, key), before);
    }
  });

  atOnce("of no units nothing is spent, and the meters are told", async (store, chargeNow) => {
    const key = requestOf([WIDE]);
    const look = { ...key, units: 0 };
    assert.deepEqual(chargeNow(look).meters, [null]);
    assert.deepEqual(await metersNow(store, key), [null]);
    await consumeOne(store, { ...key, units: 2 });
    for (const _ of ["once", "and again"]) assert.deepEqual(spent(chargeNow(look)), [0, [2]]);
  });

  atOnce("copies out: what a caller does to the meters that it gave him changes nothing", async (store, chargeNow) => {
    const key = requestOf([WIDE, BURST]);
    const given = chargeNow(key);
    const before = structuredClone(given.meters);
    vandalise(given);
    assert.deepEqual(await metersNow(store, key), before);
    vandalise(chargeNow({ ...key, units: 0 }));
    assert.deepEqual(await metersNow(store, key), before);
  });
}
