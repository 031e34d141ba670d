import assert from "node:assert/strict";
import { HOSTILE_TEXTS } from "../hostile-texts.js";
import { asStored, insertSample } from "../samples.js";
import type { Suite } from "../suite.js";

export function findHostileIds({ it, createStore }: Suite): void {
  it("find takes any text for an id: what cannot exist is merely absent, and disturbs no neighbour", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const found = await store.find([...HOSTILE_TEXTS, key.id]);
    assert.deepEqual(found, [...HOSTILE_TEXTS.map(() => undefined), asStored(key)]);
  });
}
