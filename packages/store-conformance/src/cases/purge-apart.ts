import assert from "node:assert/strict";
import { listed } from "../eventually.js";
import { purgeToEnd } from "../purge-to-end.js";
import { NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { chainOfKey } from "../walk-chains.js";
import { eventsOf, eventsOfTenant } from "../walk-events.js";
import { feedEnd, feedThrough } from "../walk-feed.js";
import { noteAt, writeChain } from "../written-chain.js";

export function purgeApart({ it, createStore }: Suite): void {
  it("tenant isolation, purgeEvents: the events and chains of other tenants stay", async () => {
    const store = await createStore();
    const [mine, theirs] = [await writeChain(store, [0]), await writeChain(store, [0])];
    await noteAt(store, theirs.key, 0);
    const before = await eventsOf(store, theirs.key);
    await listed(store, async () => {
      await purgeToEnd(store, mine.key.tenant, NOW_MS + 1);
      assert.deepEqual(await eventsOfTenant(store, mine.key.tenant), []);
    });
    assert.deepEqual(await eventsOf(store, theirs.key), before);
    assert.equal((await chainOfKey(store, theirs.key))?.anchor, null);
  });

  it("the feed goes on from every position that it gave before a purge, and tells of nothing that was purged", async () => {
    const store = await createStore();
    const end = await feedEnd(store);
    const { key, changes } = await writeChain(store, [0, 1, 2]);
    const ids = changes.map(({ id }) => id);
    const { pages } = await feedThrough(store, end, ids, 1);
    await listed(store, async () => {
      await purgeToEnd(store, key.tenant, NOW_MS + 2);
      assert.equal((await eventsOfTenant(store, key.tenant)).length, 1);
    });
    const last = await noteAt(store, key, 3);
    for (const { after } of pages) {
      const { met } = await feedThrough(store, after, [last.id], 2);
      assert.ok(!met.some(({ id }) => ids.slice(0, 2).includes(id)));
    }
  });
}
