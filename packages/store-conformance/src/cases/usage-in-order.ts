import assert from "node:assert/strict";
import { MAX_TIME_MS } from "@claviger/core";
import { HOSTILE_TEXTS } from "../hostile-texts.js";
import { freshId, freshTenant, insertSample, replaceSample, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { noUsage, usageNow, usageOf } from "../usage-sample.js";

export function usageInOrder({ it, createStore }: Suite): void {
  it("usage answers every key in the order asked, repetitions too; one that is unused, missing or deleted has none", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const [used, unused, deleted] = [
      await insertSample(store, { tenant }),
      await insertSample(store, { tenant }),
      await insertSample(store, { tenant }),
    ];
    await store.recordUsage([usageOf(used), usageOf(deleted)]);
    await replaceSample(store, tombstoneOf(deleted));
    const keyIds = [unused.id, used.id, freshId(), deleted.id, used.id, ...HOSTILE_TEXTS];
    const seen = await usageNow(store, used);
    assert.equal(seen.counts[0]?.count, 1);
    const usage = await store.usage({ tenant, keyIds, fromAt: 0, beforeAt: MAX_TIME_MS });
    assert.deepEqual(
      usage,
      keyIds.map((id) => (id === used.id ? seen : noUsage(id))),
    );
    assert.deepEqual(await store.usage({ tenant, keyIds: [], fromAt: 0, beforeAt: MAX_TIME_MS }), []);
  });
}
