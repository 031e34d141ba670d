import assert from "node:assert/strict";
import { asStored, freshId, insertSample } from "../samples.js";
import type { Suite } from "../suite.js";

export function findInOrder({ it, createStore }: Suite): void {
  it("find answers every id in the order asked, repetitions too, with undefined for what is not there", async () => {
    const store = await createStore();
    const [a, b] = [await insertSample(store), await insertSample(store)];
    const found = await store.find([b.id, freshId(), a.id, b.id]);
    assert.deepEqual(found, [asStored(b), undefined, asStored(a), asStored(b)]);
    assert.deepEqual(await store.find([]), []);
  });
}
