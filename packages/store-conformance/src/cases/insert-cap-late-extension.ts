import assert from "node:assert/strict";
import type { KeyRecord } from "@claviger/core";
import { listed } from "../eventually.js";
import { changed, changeOf, freshTenant, NOW_MS, sampleKey } from "../samples.js";
import type { Suite } from "../suite.js";
import { walkList } from "../walk-list.js";

export function insertCapLateExtension({ it, createStore }: Suite): void {
  it("an end that is put off after another key took the place: the key is counted again, or stays dead", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const endMs = NOW_MS + 1;
    const insertAt = (key: KeyRecord, nowMs: number) =>
      store.insert(key, { maxLive: 1, nowMs }, changeOf(key, "key.created"));
    const key = sampleKey({ tenant, expiresAt: endMs });
    const second = sampleKey({ tenant });
    await insertAt(key, NOW_MS);
    assert.deepEqual(await insertAt(second, endMs), { outcome: "inserted" });
    const extended = changed(key, { expiresAt: null });
    const { outcome } = await store.replace(extended, key.version, changeOf(extended, "key.updated"));
    assert.ok(outcome === "replaced" || outcome === "conflict");

    const revoked = changed(second, { state: "revoked" });
    assert.deepEqual(await store.replace(revoked, second.version, changeOf(revoked, "key.revoked")), {
      outcome: "replaced",
    });
    await insertAt(sampleKey({ tenant }), endMs);
    await insertAt(sampleKey({ tenant }), endMs);
    const query = { tenant, status: "active", order: "newest", limit: 10, nowMs: endMs } as const;
    await listed(store, async () => assert.equal((await walkList(store, query)).length, 1));
  });
}
