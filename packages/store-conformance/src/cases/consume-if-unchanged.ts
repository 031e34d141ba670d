import assert from "node:assert/strict";
import type { Charge } from "@claviger/core";
import { consumeOne, credits, metersNow, NOW_US, usedOf } from "../charge-sample.js";
import { changed, NOW_MS, replaceSample } from "../samples.js";
import type { Suite } from "../suite.js";
import { vandalise } from "../vandalise.js";
import { foundCharge, insertSpentOn, spent, whereIfUnchanged } from "../where-if-unchanged.js";

const HOUR_US = 3_600_000_000;
const BURST: Charge = {
  form: "gcra",
  meter: "gcra:burst",
  floorUs: NOW_US,
  addUs: HOUR_US,
  ceilingUs: NOW_US + 100 * HOUR_US,
};

export function consumeIfUnchanged(suite: Suite): void {
  const ifUnchanged = whereIfUnchanged(suite);

  ifUnchanged("it charges the meters that consume charges, whichever comes first", async ({ store, charge }) => {
    const request = await foundCharge(store, await insertSpentOn(store));
    assert.deepEqual(spent(await charge(request)), [1, [2]]);
    assert.deepEqual(spent(await consumeOne(store, request)), [1, [3]]);
    assert.deepEqual(spent(await charge({ ...request, units: 3 })), [3, [6]]);
    assert.deepEqual(usedOf(await metersNow(store, request)), [6]);
  });

  ifUnchanged("promise 3: a unit that does not fit spends nothing", async ({ store, charge }) => {
    const two = credits(3);
    for (const charges of [[two], [two, credits(100, 1, "window:wide"), BURST]]) {
      const request = await foundCharge(store, await insertSpentOn(store), charges);
      assert.equal((await charge({ ...request, units: 3 }))?.admitted, 2);
      const before = await metersNow(store, request);
      const refused = await charge(request);
      assert.deepEqual([refused?.admitted, refused?.meters], [0, before]);
      assert.deepEqual(await metersNow(store, request), before);
    }
  });

  ifUnchanged("of several keys each is charged by itself, and answered in its place", async (given) => {
    const { store } = given;
    const keys = [await insertSpentOn(store), await insertSpentOn(store), await insertSpentOn(store)];
    const requests = await Promise.all(keys.map((key) => foundCharge(store, key)));
    const [, second, third] = keys;
    if (second === undefined || third === undefined) throw new Error("there are three");
    await replaceSample(store, changed(second, { state: "revoked" }));
    const wide = requests.map((request, index) => ({ ...request, units: index + 1 }));
    assert.deepEqual((await given.ifUnchanged(wide, NOW_MS)).map(spent), [[1, [2]], null, [3, [4]]]);
    assert.deepEqual((await given.ifUnchanged([...wide].reverse(), NOW_MS)).map(spent), [[3, [7]], null, [1, [3]]]);
    assert.deepEqual(await given.ifUnchanged([], NOW_MS), []);
    const meters = await Promise.all(requests.map((request) => metersNow(store, request)));
    assert.deepEqual(meters.map(usedOf), [[3], [1], [7]]);
    const twice = wide.slice(0, 1).flatMap((request) => [request, { ...request, units: 2 }]);
    assert.deepEqual(
      (await given.ifUnchanged(twice, NOW_MS)).map((result) => result?.admitted),
      [1, 2],
    );
  });

  ifUnchanged("copies out: what a caller does to the meters that it gave him changes nothing", async (given) => {
    const request = await foundCharge(given.store, await insertSpentOn(given.store), [credits(100), BURST]);
    const result = await given.charge(request);
    const before = structuredClone(result?.meters);
    vandalise(result);
    assert.deepEqual(await metersNow(given.store, request), before);
  });

  ifUnchanged("it is its function's own, and names the find that it knows the keys of", async ({ store }) => {
    const { consume, find } = store;
    assert.equal(consume.ifUnchanged?.find, find);
    const inItsPlace = {
      heir: Object.create(consume),
      proxy: new Proxy(consume, {}),
      "copy of its members": Object.assign(() => {}, consume),
    };
    for (const [kind, other] of Object.entries(inItsPlace))
      assert.equal(Reflect.get(other, "ifUnchanged"), undefined, kind);
  });
}
