import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import type { ChargeResult, KeyRecord, Store } from "@claviger/core";
import { credits, metersNow, usedOf } from "../charge-sample.js";
import { atOnce, changed, NOW_MS, replaceSample } from "../samples.js";
import type { Suite } from "../suite.js";
import { chargeOne, foundCharge, insertSpentOn, whereIfUnchanged } from "../where-if-unchanged.js";

const CALLS = 1_000;
const LIMIT = 100;
const TRIALS = 50;
const CHARGERS = 20;
const WIDE = credits(1_000_000);

export function consumeIfUnchangedRace(suite: Suite): void {
  const ifUnchanged = whereIfUnchanged(suite);

  for (const [name, every] of [
    ["all of them so", 1],
    ["half of them by consume", 2],
  ] as const)
    ifUnchanged(
      `promise 3: ${CALLS} calls at once under a limit of ${LIMIT}, ${name}, admit exactly ${LIMIT}`,
      async ({ store, charge }) => {
        const request = await foundCharge(store, await insertSpentOn(store), [credits(LIMIT, 1, "window:race")]);
        const calls = Array.from({ length: CALLS }, async (_, index) => {
          const [result] = index % every === 0 ? [await charge(request)] : await store.consume([request], NOW_MS);
          assert.ok(result, "the key is unchanged");
          return result.admitted;
        });
        const admitted = (await Promise.all(calls)).reduce((sum, units) => sum + units, 0);
        assert.equal(admitted, LIMIT);
      },
    );

  ifUnchanged(
    "fifty workers over overlapping sets of keys, half of them by consume: no deadlock, and every limit exact",
    async ({ store, ifUnchanged: form }) => {
      const keys = await Promise.all(Array.from({ length: 8 }, () => insertSpentOn(store)));
      const requests = await Promise.all(keys.map((key) => foundCharge(store, key, [credits(20, 1, "window:race")])));
      const admitted = new Map(keys.map(({ id }) => [id, 0]));
      await atOnce(50, async (worker) => {
        const rotated = [...requests.slice(worker % 8), ...requests.slice(0, worker % 8)];
        const sent = worker % 4 < 2 ? rotated : rotated.reverse();
        const results = worker % 2 === 0 ? await form(sent, NOW_MS) : await store.consume(sent, NOW_MS);
        for (const [index, { keyId }] of sent.entries())
          admitted.set(keyId, (admitted.get(keyId) ?? 0) + (results[index]?.admitted ?? 0));
      });
      assert.deepEqual(
        [...admitted.values()],
        keys.map(() => 20),
      );
    },
  );

  ifUnchanged(
    `promise 2: in ${TRIALS} trials of ${CHARGERS} who charge on and on, none does once the key has been revoked`,
    async ({ store, subject }) => {
      const others = [store, (await subject.openAnother?.()) ?? store];
      for (let trial = 0; trial < TRIALS; trial += 1) await revokeAmidCharges(others, trial);
    },
  );
}

/** Each of many charges the key as it found it, again and again, until it is not charged. */
async function revokeAmidCharges(stores: readonly Store[], trial: number): Promise<void> {
  const [store] = stores;
  if (store === undefined) throw new Error("a race needs a store");
  const key = await insertSpentOn(store);
  const chargers = await Promise.all(
    Array.from({ length: CHARGERS }, (_, index) => chargerOf(stores[index % stores.length] ?? store, key)),
  );
  let isRevoked = false;
  const chargeOn = async (charge: Charger): Promise<number> => {
    let charged = 0;
    for (;;) {
      const beganLater = isRevoked;
      const result = await charge();
      if (result === null) return charged;
      assert.equal(beganLater, false, "a charge that began when the revocation had been written was made");
      charged += result.admitted;
      // A store in this process may take no turn of its own.
      await turn();
    }
  };
  const charging = Promise.all(chargers.map(chargeOn));
  for (let waited = 0; waited < trial % 7; waited += 1) await turn();
  await replaceSample(store, changed(key, { state: "revoked" }));
  isRevoked = true;
  const charged = (await charging).reduce((sum, units) => sum + units, 1);
  const look = { tenant: key.tenant, keyId: key.id, charges: [WIDE], units: 0 };
  assert.deepEqual(usedOf(await metersNow(store, look)), [charged]);
}

type Charger = () => Promise<ChargeResult | null>;

async function chargerOf(store: Store, key: KeyRecord): Promise<Charger> {
  const { ifUnchanged } = store.consume;
  if (ifUnchanged === undefined) throw new Error("another handle has no ifUnchanged");
  const request = await foundCharge(store, key, [WIDE]);
  return () => chargeOne(ifUnchanged, request);
}
