import assert from "node:assert/strict";
import { CAPABILITIES } from "../check-store.js";
import type { Suite } from "../suite.js";

export function capabilities({ it, createStore }: Suite): void {
  it("capabilities are declared, all that the kit knows and no other, and nobody's to change", async () => {
    const store = await createStore();
    assert.deepEqual(Object.keys(store.capabilities).sort(), Object.keys(CAPABILITIES).sort());
    assert.ok(Object.isFrozen(store.capabilities));
  });
}
