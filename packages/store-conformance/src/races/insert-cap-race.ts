import assert from "node:assert/strict";
import { listed } from "../eventually.js";
import { AMPLE, atOnce, changeOf, countOf, freshTenant, NOW_MS, sampleKey } from "../samples.js";
import type { Suite } from "../suite.js";
import { walkList } from "../walk-list.js";

const CAP = 5;
const RUNS = 20;
const FIVE = { maxLive: CAP, nowMs: NOW_MS };

export function insertCapRace({ it, createStore }: Suite): void {
  it("fifty parallel inserts against a cap of five leave five, 20 runs of 20", async () => {
    const store = await createStore();
    for (let run = 0; run < RUNS; run += 1) {
      const tenant = freshTenant();
      const results = await atOnce(50, () => {
        const key = sampleKey({ tenant });
        return store.insert(key, FIVE, changeOf(key, "key.created"));
      });
      assert.equal(countOf(results, "inserted"), CAP);
      assert.equal(countOf(results, "limit_reached"), 50 - CAP);
      const query = { tenant, order: "oldest", limit: 100, nowMs: NOW_MS } as const;
      await listed(store, async () => assert.equal((await walkList(store, query)).length, CAP));
    }
  });

  it("fifty parallel inserts beside three dead keys and two live ones leave five live, 20 runs of 20", async () => {
    const store = await createStore();
    for (let run = 0; run < RUNS; run += 1) {
      const tenant = freshTenant();
      for (const given of [{ expiresAt: NOW_MS }, {}, { state: "revoked" }, {}, { expiresAt: NOW_MS - 1 }] as const) {
        const key = sampleKey({ tenant, ...given });
        await store.insert(key, AMPLE, changeOf(key, "key.created"));
      }
      const results = await atOnce(50, () => {
        const key = sampleKey({ tenant });
        return store.insert(key, FIVE, changeOf(key, "key.created"));
      });
      assert.equal(countOf(results, "inserted"), 3);
      const query = { tenant, status: "active", order: "oldest", limit: 100, nowMs: NOW_MS } as const;
      await listed(store, async () => assert.equal((await walkList(store, query)).length, CAP));
    }
  });
}
