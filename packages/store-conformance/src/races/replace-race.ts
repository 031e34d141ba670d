import assert from "node:assert/strict";
import type { KeyRecord, Store } from "@claviger/core";
import { atOnce, changed, changeOf, countOf, findOne, insertSample } from "../samples.js";
import type { Suite } from "../suite.js";

/** Adds one to a count in the metadata, again and again until nobody came between. */
async function increment(store: Store, id: string): Promise<void> {
  let current = await findOne(store, id);
  while (current !== undefined && current.state !== "destroyed") {
    const next: KeyRecord = changed(current, { metadata: { count: Number(current.metadata.count) + 1 } });
    const result = await store.replace(next, current.version, changeOf(next, "key.updated"));
    if (result.outcome === "replaced") return;
    assert.equal(result.outcome, "conflict");
    assert.ok(
      result.current.version > current.version,
      "the key that a conflict carries is newer than the expected one",
    );
    current = result.current;
  }
  assert.fail("the key is gone");
}

export function replaceRace({ it, createStore }: Suite): void {
  it("of fifty parallel replaces at one version one wins, and the others are told what it wrote", async () => {
    const store = await createStore();
    for (let run = 0; run < 5; run += 1) {
      const key = await insertSample(store);
      const results = await atOnce(50, (writer) => {
        const next = changed(key, { name: `writer ${writer}` });
        return store.replace(next, key.version, changeOf(next, "key.updated"));
      });
      const winner = results.findIndex((result) => result.outcome === "replaced");
      assert.equal(countOf(results, "replaced"), 1);
      for (const result of results) {
        if (result.outcome === "replaced") continue;
        assert.ok(result.outcome === "conflict" && result.current.state !== "destroyed");
        assert.equal(result.current.name, `writer ${winner}`);
      }
    }
  });

  it("no update is lost: thirty writers that each add one, repeating on conflict, add thirty", async () => {
    const store = await createStore();
    const key = await insertSample(store, { metadata: { count: 0 } });
    await atOnce(30, () => increment(store, key.id));
    const found = await findOne(store, key.id);
    assert.ok(found !== undefined && found.state !== "destroyed");
    assert.deepEqual({ count: found.metadata.count, version: found.version }, { count: 30, version: 31 });
  });
}
