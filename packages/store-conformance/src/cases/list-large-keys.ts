import assert from "node:assert/strict";
import { MAX_METADATA_BYTES, MAX_PAGE_SIZE, MAX_SCOPE_LENGTH, MAX_SCOPES } from "@claviger/core";
import { listed } from "../eventually.js";
import { asStored, atOnce, freshTenant, insertSample, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { listAll } from "../walk-list.js";

const SCOPES = Array.from({ length: MAX_SCOPES }, (_, index) => `s${index}:`.padEnd(MAX_SCOPE_LENGTH, "x"));
const METADATA = { text: "x".repeat(MAX_METADATA_BYTES - '{"text":""}'.length) };

export function listLargeKeys({ it, createStore }: Suite): void {
  it("the longest page of large keys, near 2 MB, comes whole, on one page or on several", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const keys = await atOnce(MAX_PAGE_SIZE, () => insertSample(store, { tenant, scopes: SCOPES, metadata: METADATA }));
    const query = { tenant, order: "oldest", limit: MAX_PAGE_SIZE, nowMs: NOW_MS } as const;
    await listed(store, async () => {
      const sorted = keys.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      assert.deepEqual(await listAll(store, query), sorted.map(asStored));
    });
  });
}
