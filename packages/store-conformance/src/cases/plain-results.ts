import assert from "node:assert/strict";
import { MAX_TIME_MS } from "@claviger/core";
import { credits, requestOf } from "../charge-sample.js";
import { sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { listed } from "../eventually.js";
import { changed, changeOf, insertSample, NOW_MS, replaceSample, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { usageOf } from "../usage-sample.js";
import { eventsOf } from "../walk-events.js";
import { listAll } from "../walk-list.js";

/** An instance of a class, or an object without a prototype, is deep-equal to no object of JSON. */
function assertPlain(value: unknown, path: string): void {
  if (typeof value !== "object" || value === null) return;
  const prototype: unknown = Object.getPrototypeOf(value);
  const expected = Array.isArray(value) ? Array.prototype : Object.prototype;
  assert.ok(prototype === expected, `${path} must be a plain object or array; got ${kindOf(prototype)}`);
  for (const [name, inside] of Object.entries(value)) assertPlain(inside, `${path}.${name}`);
}

function kindOf(prototype: unknown): string {
  if (typeof prototype !== "object" || prototype === null) return "an object without a prototype";
  return `an instance of ${prototype.constructor.name || "a class without a name"}`;
}

export function plainResults({ it, createStore }: Suite): void {
  it("results are plain objects and arrays: what find, list, events and every other method return is no instance of a class", async () => {
    const store = await createStore();
    const key = await insertSample(store, { metadata: { deep: [{}] }, scopes: ["a"] });
    const { tenant, id, owner } = key;
    const page = { tenant, order: "newest", limit: 10 } as const;
    await store.recordUsage([usageOf(key)]);
    await store.owners.suspend(suspension({ tenant, owner }));
    const settings = sampleSettings({ tenant, settings: { allowedScopes: ["a"] } });
    assertPlain(await store.settings.replace(settings, 0, settingsEvent(settings)), "settings.replace");
    assertPlain(await store.settings.replace(settings, 0, settingsEvent(settings)), "settings.replace");
    assertPlain(await store.replace(changed(key), 9, changeOf(key, "key.updated")), "replace");
    assertPlain(await store.find([id, "none"]), "find");
    assertPlain(await store.list({ ...page, nowMs: NOW_MS }), "list");
    await listed(store, async () => {
      const keys = await listAll(store, { ...page, nowMs: NOW_MS });
      assert.equal(keys.length, 1);
      assertPlain(keys, "list");
    });
    assertPlain(await store.events({ ...page, keyId: id }), "events");
    assertPlain(await eventsOf(store, key), "events");
    assertPlain(await store.feed(undefined, 10), "feed");
    assertPlain(await store.chains({ tenant, keyId: id, limit: 10 }), "chains");
    assertPlain(await store.usage({ tenant, keyIds: [id], fromAt: 0, beforeAt: MAX_TIME_MS }), "usage");
    assertPlain(await store.consume([requestOf([credits(1)])], NOW_MS), "consume");
    // The handle is the store's own affair.
    const { handle: _, ...charged } = store.consume.atOnce?.(requestOf([credits(1)]), NOW_MS) ?? {};
    assertPlain(charged, "consume.atOnce");
    assertPlain(await store.settings.get([tenant]), "settings.get");
    assertPlain(store.settings.get.atOnce?.(tenant), "settings.get.atOnce");
    assertPlain(await store.owners.read([{ tenant, owner }]), "owners.read");
    assertPlain(store.owners.read.atOnce?.({ tenant, owner }), "owners.read.atOnce");
    await replaceSample(store, tombstoneOf(key));
    assertPlain(await store.find([id]), "find");
    assertPlain(await store.purgeEvents({ tenant, beforeAt: NOW_MS + 1, limit: 10 }), "purgeEvents");
    assertPlain(await store.chains({ tenant, keyId: id, limit: 10 }), "chains");
  });
}
