import assert from "node:assert/strict";
import { asStored, changed, findOne, insertSample, NOW_MS, replaceSample } from "../samples.js";
import type { Suite } from "../suite.js";
import { usageNow, usageOf } from "../usage-sample.js";

export function close({ it, createStore, createSubject }: Suite): void {
  it("close is idempotent, also while it closes, and closes no other store", async () => {
    const [store, other] = [await createStore(), await createStore()];
    await Promise.all([store.close(), store.close()]);
    await store.close();
    const key = await insertSample(other);
    assert.deepEqual(await other.find([key.id, "none"]), [asStored(key), undefined]);
  });

  it("close ends one store over the data and not another: it goes on with all that was written", async () => {
    const { store, openAnother } = await createSubject();
    // Where nobody else can reach the data, the store itself stands for the other one.
    const [closed, remaining] = openAnother === undefined ? [undefined, store] : [store, await openAnother()];
    const key = await insertSample(closed ?? remaining);
    await closed?.close();
    const next = changed(key, { name: "next" });
    await replaceSample(remaining, next);
    assert.deepEqual(await findOne(remaining, key.id), asStored(next));
  });

  it("usage that recordUsage took is kept when the store that took it is closed: another over the data counts it", async () => {
    const { store, openAnother } = await createSubject();
    // Where nobody else can reach the data, the store itself must count it, and stays open.
    const other = await openAnother?.();
    const key = await insertSample(store);
    await (other ?? store).recordUsage([usageOf(key)]);
    await other?.close();
    assert.equal((await usageNow(store, key)).counts[0]?.count, 1);
    assert.deepEqual(await findOne(store, key.id), { ...key, lastUsedAt: NOW_MS });
  });
}
