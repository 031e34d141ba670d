import assert from "node:assert/strict";
import type { ChargeRequest, Store } from "@claviger/core";
import { consumeOne, credits, metersNow, requestOf, sharing, usedOf } from "../charge-sample.js";
import { freshId, insertSample, NOW_MS, replaceSample, tombstoneOf } from "../samples.js";
import { similarTenants } from "../similar-tenants.js";
import type { Suite } from "../suite.js";
import { whereShared } from "../where-shared.js";

const WIDE = credits(100);

/** Another key's request on the same shared meters. */
function ofAnotherKey(request: ChargeRequest): ChargeRequest {
  return { ...request, keyId: freshId() };
}

async function spend(store: Store, request: ChargeRequest): Promise<readonly [number, readonly (number | null)[]]> {
  const { admitted, meters } = await consumeOne(store, request);
  return [admitted, usedOf(meters)];
}

export function consumeShared(suite: Suite): void {
  const shared = whereShared(suite);

  shared("meters are told in the order of the key, its owner, its tenant, each by names of its own", async (store) => {
    const own = credits(100, 1, "window:own");
    const key = sharing(requestOf([own, credits(100, 2)]), [credits(100, 3)], [credits(100, 4)]);
    assert.deepEqual(await metersNow(store, key), [null, null, null, null]);
    assert.deepEqual(await spend(store, key), [1, [1, 2, 3, 4]]);
    assert.deepEqual(await spend(store, ofAnotherKey(key)), [1, [1, 2, 6, 8]]);
    assert.deepEqual(await spend(store, { ...key, units: 2 }), [2, [3, 6, 12, 16]]);
    assert.deepEqual(usedOf(await metersNow(store, key)), [3, 6, 12, 16]);
  });

  shared("a key without charges of its own may be charged on them alone, of either", async (store) => {
    const key = requestOf([]);
    assert.deepEqual(await spend(store, sharing(key, [WIDE])), [1, [1]]);
    assert.deepEqual(await spend(store, sharing(key, [], [WIDE])), [1, [1]]);
    assert.deepEqual(await spend(store, sharing(ofAnotherKey(key), [WIDE], [WIDE])), [1, [2, 2]]);
  });

  shared("promise 3: what the key, its owner or its tenant refuses spends nothing of the others", async (store) => {
    const [two, wide] = [credits(2), WIDE];
    for (const key of [
      sharing(requestOf([two]), [wide], [wide]),
      sharing(requestOf([wide]), [two], [wide]),
      sharing(requestOf([wide]), [wide], [two]),
    ]) {
      assert.deepEqual(await spend(store, { ...key, units: 3 }), [2, [2, 2, 2]], "as many units as fit under all");
      assert.deepEqual(await spend(store, key), [0, [2, 2, 2]]);
      assert.deepEqual(usedOf(await metersNow(store, key)), [2, 2, 2]);
    }
  });

  shared(
    "several keys of one owner in one call, and of several owners of one tenant, apply in the order given",
    async (store) => {
      const { tenant } = requestOf([]);
      const requestBy = (owner: string) => sharing(requestOf([WIDE], { tenant }), [credits(2)], [credits(3)], owner);
      const requests = ["anna", "anna", "anna", "bert", "bert"].map(requestBy);
      const results = await store.consume(requests, NOW_MS);
      assert.deepEqual(
        results.map(({ admitted, meters }) => [admitted, usedOf(meters)]),
        [
          [1, [1, 1, 1]],
          [1, [1, 2, 2]],
          [0, [null, 2, 2]],
          [1, [1, 1, 3]],
          [0, [null, 1, 3]],
        ],
      );
    },
  );

  shared("the meters of another owner, and of another tenant's owner of the same name, are others", async (store) => {
    const key = sharing(requestOf([]), [credits(9)], [credits(9)], "owner");
    await consumeOne(store, key);
    for (const owner of ["Owner", "owner ", "own", key.tenant, key.keyId]) {
      const other = sharing(key, [credits(9)], [credits(9)], owner);
      assert.deepEqual(usedOf(await metersNow(store, other)), [null, 1], owner);
    }
    for (const tenant of similarTenants(key.tenant)) {
      assert.deepEqual(usedOf(await metersNow(store, { ...key, tenant })), [null, null], tenant);
    }
    const namedAlike = requestOf([credits(9)], { tenant: key.tenant, keyId: "owner" });
    assert.deepEqual(await metersNow(store, namedAlike), [null], "a key is no owner, whatever its id");
  });

  shared("a deleted key leaves what it has spent of its owner's and its tenant's meters", async (store) => {
    const stored = await insertSample(store);
    const key = sharing(requestOf([WIDE], { tenant: stored.tenant, keyId: stored.id }), [WIDE], [WIDE], stored.owner);
    await consumeOne(store, key);
    await replaceSample(store, tombstoneOf(stored));
    assert.deepEqual(usedOf(await metersNow(store, ofAnotherKey(key))), [null, 1, 1]);
  });
}
