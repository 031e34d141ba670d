import assert from "node:assert/strict";
import { listed } from "../eventually.js";
import { freshId, freshTenant, insertSample, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { walkList } from "../walk-list.js";

export function listOrder({ it, createStore }: Suite): void {
  it("list goes by creation, either way, and within one millisecond by the id's ASCII code units", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const unique = freshId().slice(1);
    const add = async (createdAt: number, head: string) => {
      const { id } = await insertSample(store, { tenant, createdAt, id: head + unique });
      return id;
    };
    // A collation of a human language would sort a before B, and 9 before neither.
    const [b, a, z, nine, older, newer] = [
      await add(NOW_MS, "B"),
      await add(NOW_MS, "a"),
      await add(NOW_MS, "Z"),
      await add(NOW_MS, "9"),
      await add(NOW_MS - 1, "z"),
      await add(NOW_MS + 1, "0"),
    ];
    const ordered = [older, nine, b, z, a, newer];
    const query = { tenant, limit: 100, nowMs: NOW_MS };
    await listed(store, async () => assert.deepEqual(await walkList(store, { ...query, order: "oldest" }), ordered));
    assert.deepEqual(await walkList(store, { ...query, order: "newest" }), ordered.toReversed());
  });
}
