import assert from "node:assert/strict";
import { atOnce, changeOf, countOf, freshId, freshTenant, NOW_MS, sampleKey } from "../samples.js";
import type { Suite } from "../suite.js";

const ONE = { maxLive: 1, nowMs: NOW_MS };

export function insertIdRace({ it, createStore }: Suite): void {
  it("twenty owners who insert under one id at once: one has it, and nobody else lost a place by trying", async () => {
    const store = await createStore();
    const id = freshId();
    const tenants = Array.from({ length: 20 }, freshTenant);
    const insertAs = (tenant: string, given: { readonly id?: string }) => {
      const key = sampleKey({ tenant, ...given });
      return store.insert(key, ONE, changeOf(key, "key.created"));
    };
    const results = await atOnce(20, (index) => insertAs(tenants[index] ?? "", { id }));
    assert.equal(countOf(results, "inserted"), 1);
    assert.equal(countOf(results, "duplicate"), 19);
    const second = await Promise.all(tenants.map((tenant) => insertAs(tenant, {})));
    assert.equal(countOf(second, "inserted"), 19);
    assert.equal(countOf(second, "limit_reached"), 1);
  });
}
