import assert from "node:assert/strict";
import { listed } from "../eventually.js";
import { freshTenant, insertSample, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { walkList } from "../walk-list.js";

export function listPages({ it, createStore }: Suite): void {
  it("pages of any size meet every key once, in order, and end", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const ids: string[] = [];
    // Three to a millisecond, so that pages end inside one.
    for (let index = 0; index < 12; index += 1) {
      ids.push((await insertSample(store, { tenant, createdAt: NOW_MS + Math.floor(index / 3) })).id);
    }
    for (const limit of [1, 2, 5, 11, 12, 13, 100]) {
      const query = { tenant, limit, nowMs: NOW_MS };
      await listed(store, async () => {
        assert.deepEqual(await walkList(store, { ...query, order: "oldest" }), ids, `oldest first, ${limit} a page`);
      });
      assert.deepEqual(
        await walkList(store, { ...query, order: "newest" }),
        ids.toReversed(),
        `newest first, ${limit} a page`,
      );
    }
  });

  it("a position is exclusive, and need not be a key's", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const [first, second] = [
      await insertSample(store, { tenant, createdAt: NOW_MS }),
      await insertSample(store, { tenant, createdAt: NOW_MS + 5 }),
    ];
    const from = (createdAt: number, id: string, order: "oldest" | "newest") =>
      walkList(store, { tenant, order, after: { createdAt, id }, limit: 10, nowMs: NOW_MS });
    await listed(store, async () => assert.deepEqual(await from(0, "", "oldest"), [first.id, second.id]));
    assert.deepEqual(await from(first.createdAt, first.id, "oldest"), [second.id]);
    assert.deepEqual(await from(second.createdAt, second.id, "newest"), [first.id]);
    assert.deepEqual(await from(NOW_MS + 2, "anything", "oldest"), [second.id]);
    assert.deepEqual(await from(NOW_MS + 2, "anything", "newest"), [first.id]);
    assert.deepEqual(await from(NOW_MS + 9, "", "oldest"), []);
    assert.deepEqual(await from(0, "", "newest"), []);
  });

  it("a tenant without keys has an empty list", async () => {
    const store = await createStore();
    assert.deepEqual(await walkList(store, { tenant: freshTenant(), order: "newest", limit: 10, nowMs: NOW_MS }), []);
  });
}
