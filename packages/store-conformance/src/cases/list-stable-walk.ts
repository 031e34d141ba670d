import assert from "node:assert/strict";
import type { KeyRecord, Store } from "@claviger/core";
import { listed } from "../eventually.js";
import { changed, freshTenant, insertSample, NOW_MS, replaceSample, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { walkList } from "../walk-list.js";

/** Takes every key to its next version. */
async function changeEach(store: Store, keys: readonly KeyRecord[]): Promise<KeyRecord[]> {
  const next = keys.map((key) => changed(key));
  for (const key of next) await replaceSample(store, key);
  return next;
}

export function listStableWalk({ it, createStore }: Suite): void {
  for (const order of ["oldest", "newest"] as const) {
    it(`keys that exist throughout a walk, ${order} first, are met exactly once, whatever comes and goes`, async () => {
      const store = await createStore();
      const tenant = freshTenant();
      const lasting: string[] = [];
      const passing: KeyRecord[] = [];
      for (let index = 0; index < 10; index += 1) {
        lasting.push((await insertSample(store, { tenant, createdAt: NOW_MS + 10 * index })).id);
        passing.push(await insertSample(store, { tenant, createdAt: NOW_MS + 10 * index + 5 }));
      }
      const query = { tenant, order, limit: 3, nowMs: NOW_MS };
      await listed(store, async () => assert.equal((await walkList(store, query)).length, 20));
      const met = await walkList(store, query, async (page) => {
        const leaving = [passing.pop(), passing.shift()];
        for (const key of leaving) if (key !== undefined) await replaceSample(store, tombstoneOf(key));
        passing.push(...(await changeEach(store, passing.splice(0))));
        // Not for ever: a store of small pages would be followed by new keys as fast as it walks.
        if (page <= 10) await insertSample(store, { tenant, createdAt: NOW_MS + 7 * page });
      });
      const times = (id: string) => met.filter((other) => other === id).length;
      assert.deepEqual(
        lasting.map(times),
        lasting.map(() => 1),
      );
      assert.equal(new Set(met).size, met.length, "nothing is met twice");
    });
  }
}
