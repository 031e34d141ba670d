import assert from "node:assert/strict";
import type { StoreSuite } from "./store-suite.js";

export function closeTwice({ it, createStore }: StoreSuite): void {
  it("close is idempotent, and closes no other store", async () => {
    const [store, other] = [await createStore(), await createStore()];
    await store.close();
    await store.close();
    assert.deepEqual(await other.find([]), []);
    assert.deepEqual(await other.find(["none"]), [undefined]);
  });
}
