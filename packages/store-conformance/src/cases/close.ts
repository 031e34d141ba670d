import assert from "node:assert/strict";
import { asStored, changed, findOne, insertSample, replaceSample } from "../samples.js";
import type { Suite } from "../suite.js";

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
}
