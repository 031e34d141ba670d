import assert from "node:assert/strict";
import { MAX_TIME_MS } from "@claviger/core";
import { credits } from "../charge-sample.js";
import { asStored, findOne, freshTenant, insertSample, NOW_MS } from "../samples.js";
import { similarTenants } from "../similar-tenants.js";
import type { Suite } from "../suite.js";
import { noUsage, usageNow, usageOf } from "../usage-sample.js";

export function isolationOfUse({ it, createStore }: Suite): void {
  it("tenant isolation, consume: a key's meters are its tenant's; under another tenant the same id has meters of its own", async () => {
    const store = await createStore();
    const mine = await insertSample(store);
    const foreign = { ...mine, tenant: freshTenant() };
    const usedAfter = async (...costs: readonly [typeof mine, number][]) => {
      const results = await store.consume(
        costs.map(([{ tenant, id }, cost]) => ({ tenant, keyId: id, units: 1, charges: [credits(100, cost)] })),
        NOW_MS,
      );
      return results.flatMap(({ meters }) => meters).map((meter) => meter?.form === "window" && meter.used);
    };
    assert.deepEqual(await usedAfter([mine, 1], [foreign, 5], [mine, 2], [foreign, 7]), [1, 5, 3, 12]);
    assert.deepEqual(await usedAfter([foreign, 1], [mine, 1]), [13, 4]);
    assert.deepEqual(await usedAfter([mine, 1]), [5]);
    assert.deepEqual(await usedAfter([foreign, 1]), [14]);
  });

  it("tenant isolation, recordUsage: usage told under another tenant than the key's changes nothing of the key", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    for (const tenant of [freshTenant(), ...similarTenants(key.tenant)]) {
      await store.recordUsage([usageOf({ tenant, id: key.id })]);
      assert.deepEqual(await findOne(store, key.id), asStored(key));
      assert.deepEqual(await usageNow(store, key), noUsage(key.id));
    }
  });

  it("tenant isolation, usage: another tenant's key is as good as missing", async () => {
    const store = await createStore();
    const [key, other] = [await insertSample(store), await insertSample(store)];
    await store.recordUsage([usageOf(key), usageOf(other)]);
    const keyIds = [key.id, other.id];
    for (const tenant of [freshTenant(), ...similarTenants(key.tenant)]) {
      const usage = await store.usage({ tenant, keyIds, fromAt: 0, beforeAt: MAX_TIME_MS });
      assert.deepEqual(usage, keyIds.map(noUsage));
    }
    const mine = await store.usage({ tenant: key.tenant, keyIds, fromAt: 0, beforeAt: MAX_TIME_MS });
    assert.deepEqual(
      mine.map(({ counts }) => counts.length),
      [1, 0],
    );
  });
}
