import assert from "node:assert/strict";
import { consumeOne, credits, requestOf } from "../charge-sample.js";
import { asStored, findOne, freshId, freshTenant, insertSample } from "../samples.js";
import type { Suite } from "../suite.js";
import { noUsage, usageNow, usageOf } from "../usage-sample.js";
import { eventsOf } from "../walk-events.js";

export function letterCase({ it, createStore }: Suite): void {
  it("ids that differ only in case are those of two keys, each with its own usage and events", async () => {
    const store = await createStore();
    const [tenant, unique] = [freshTenant(), freshId().slice(1)];
    const lower = await insertSample(store, { id: `a${unique}`, tenant, name: "lower" });
    assert.equal(await findOne(store, `A${unique}`), undefined);
    const upper = await insertSample(store, { id: `A${unique}`, tenant, name: "upper" });
    assert.deepEqual(await store.find([upper.id, lower.id]), [asStored(upper), asStored(lower)]);
    await store.recordUsage([usageOf(upper)]);
    assert.deepEqual(await usageNow(store, lower), noUsage(lower.id));
    assert.equal((await usageNow(store, upper)).counts.length, 1);
    for (const key of [lower, upper]) {
      assert.deepEqual(
        (await eventsOf(store, key)).map(({ keyId }) => keyId),
        [key.id],
      );
    }
  });

  it("meters whose names differ only in case are two meters, in one request and in several", async () => {
    const store = await createStore();
    const key = requestOf([]);
    const [lower, upper] = [credits(9, 1, "window:month"), credits(9, 2, "window:Month")];
    const spend = async (charges: readonly (typeof lower)[]) => (await consumeOne(store, { ...key, charges })).meters;
    const used = (...amounts: number[]) => amounts.map((amount) => ({ form: "window", windowAt: 0, used: amount }));
    assert.deepEqual(await spend([lower, upper]), used(1, 2));
    assert.deepEqual(await spend([upper]), used(4));
    assert.deepEqual(await spend([lower]), used(2));
  });
}
