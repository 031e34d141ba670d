import assert from "node:assert/strict";
import type { StoreSuite } from "./store-suite.js";

export function capabilities({ it, createStore }: StoreSuite): void {
  it("capabilities are declared, and nobody's to change", async () => {
    const store = await createStore();
    assert.deepEqual(store.capabilities, { meterClock: "caller" });
    assert.ok(Object.isFrozen(store.capabilities));
  });
}
