import assert from "node:assert/strict";
import { asStored, freshTenant, insertSample } from "./sample.js";
import type { StoreSuite } from "./store-suite.js";

export function findInTenant({ it, createStore }: StoreSuite): void {
  it("find with a tenant sees no key of another; without one it sees every tenant's", async () => {
    const store = await createStore();
    const [mine, other] = [await insertSample(store), await insertSample(store)];
    const ids = [mine.id, other.id];
    assert.deepEqual(await store.find(ids, mine.tenant), [asStored(mine), undefined]);
    assert.deepEqual(await store.find(ids, freshTenant()), [undefined, undefined]);
    assert.deepEqual(await store.find(ids, ""), [undefined, undefined]);
    assert.deepEqual(await store.find(ids), [asStored(mine), asStored(other)]);
  });
}
