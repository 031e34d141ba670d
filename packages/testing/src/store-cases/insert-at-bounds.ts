import assert from "node:assert/strict";
import {
  MAX_METADATA_BYTES,
  MAX_NAME_LENGTH,
  MAX_OWNER_LENGTH,
  MAX_SCOPE_LENGTH,
  MAX_SCOPES,
  MAX_TENANT_LENGTH,
  MAX_TIME_MS,
} from "@claviger/core";
import { asStored, findOne, freshId, insertSample, NOW_MS } from "./sample.js";
import type { StoreSuite } from "./store-suite.js";

// Three bytes of UTF-8 for each code unit: the most that a bounded text can weigh.
const wide = (length: number, distinct = ""): string => distinct + "€".repeat(length - distinct.length);

export function insertAtBounds({ it, createStore }: StoreSuite): void {
  it("a key with every field at its bound is stored, found and listed", async () => {
    const store = await createStore();
    const tenant = wide(MAX_TENANT_LENGTH, freshId());
    const owner = wide(MAX_OWNER_LENGTH);
    const key = await insertSample(store, {
      tenant,
      owner,
      name: wide(MAX_NAME_LENGTH),
      scopes: Array.from({ length: MAX_SCOPES }, (_, index) => `s${index}:`.padEnd(MAX_SCOPE_LENGTH, "x")),
      metadata: { text: "x".repeat(MAX_METADATA_BYTES - '{"text":""}'.length) },
      createdAt: MAX_TIME_MS,
      updatedAt: MAX_TIME_MS,
      expiresAt: MAX_TIME_MS,
      notBefore: 0,
    });
    assert.deepEqual(await findOne(store, key.id), asStored(key));
    const page = await store.list({ tenant, owner, order: "newest", limit: 100, nowMs: NOW_MS });
    assert.deepEqual(page, { items: [asStored(key)] });
  });
}
