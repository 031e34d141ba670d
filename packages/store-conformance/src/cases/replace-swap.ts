import assert from "node:assert/strict";
import {
  asStored,
  changed,
  changeOf,
  findOne,
  freshTenant,
  insertSample,
  NOW_MS,
  replaceSample,
  sampleKey,
} from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";

export function replaceSwap({ it, createStore }: Suite): void {
  it("replace at the expected version puts every field of the next key in place", async () => {
    const store = await createStore();
    const key = await insertSample(store, {
      metadata: { taken: "out" },
      restrictions: { resources: { a: { deny: [] } } },
    });
    const next = changed(key, {
      state: "disabled",
      name: "other",
      scopes: ["a:read", "b:*"],
      limits: [{ name: "credits", kind: "credits", limit: 7 }],
      restrictions: { ip: { deny: ["::/0"] } },
      metadata: { other: [1] },
      expiresAt: NOW_MS + 1,
      notBefore: NOW_MS,
      digest: { alg: "hmac-sha256", pepperId: "p", hex: "f".repeat(64) },
      secretVersion: 2,
      rotation: {
        previous: key.digest,
        previousSecretVersion: 1,
        startedAt: NOW_MS,
        previousEndsAt: NOW_MS + 2,
        previousExpiresAt: null,
      },
    });
    await replaceSample(store, next);
    assert.deepEqual(await findOne(store, key.id), asStored(next));
    const back = changed(next, {
      secretVersion: 1,
      expiresAt: null,
      notBefore: null,
      digest: key.digest,
      rotation: null,
    });
    await replaceSample(store, back);
    assert.deepEqual(await findOne(store, key.id), asStored(back));
  });

  it("replace at another version is a `conflict` that carries the current key, and writes nothing, no event either", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const current = changed(key, { name: "current" });
    await replaceSample(store, current);
    const events = await eventsOf(store, key);
    for (const expected of [key.version, current.version + 1, 0]) {
      const late = changed(key, { name: "late" });
      const result = await store.replace(late, expected, changeOf(late, "key.updated"));
      assert.deepEqual(result, { outcome: "conflict", current: asStored(current) });
    }
    assert.deepEqual(await findOne(store, key.id), asStored(current));
    assert.deepEqual(await eventsOf(store, key), events);
  });

  it("replace of a key that the tenant does not have is `missing`, and writes nothing", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const unknown = sampleKey({ tenant: key.tenant });
    const foreign = changed(key, { tenant: freshTenant() });
    for (const next of [unknown, foreign]) {
      const result = await store.replace(next, 1, changeOf(next, "key.updated"));
      assert.deepEqual(result, { outcome: "missing" });
      assert.deepEqual(await store.find([next.id], next.tenant), [undefined]);
      assert.deepEqual(await eventsOf(store, next), []);
    }
    assert.deepEqual(await findOne(store, key.id), asStored(key));
  });
}
