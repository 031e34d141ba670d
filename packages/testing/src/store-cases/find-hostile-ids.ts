import assert from "node:assert/strict";
import { asStored, insertSample } from "./sample.js";
import type { StoreSuite } from "./store-suite.js";

const HOSTILE = [
  "",
  " ",
  "__proto__",
  "constructor",
  "a\0b",
  "\ud800",
  "\udc00\ud800",
  '"},{"',
  "{a,b}",
  "\\",
  "'; DROP TABLE keys; --",
  "NULL",
  "ä🔑".repeat(1_000),
  "x".repeat(1_000_000),
];

export function findHostileIds({ it, createStore }: StoreSuite): void {
  it("find takes any text for an id: what cannot exist is merely absent, and disturbs no neighbour", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const found = await store.find([...HOSTILE, key.id]);
    assert.deepEqual(found, [...HOSTILE.map(() => undefined), asStored(key)]);
  });
}
