import assert from "node:assert/strict";
import { freshId, freshTenant, insertSample, NOW_MS } from "./sample.js";
import type { StoreSuite } from "./store-suite.js";

export function listOrder({ it, createStore }: StoreSuite): void {
  it("list goes by creation, either way, and within one millisecond by the id's ASCII code units", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const unique = freshId().slice(-8);
    const add = async (createdAt: number, head: string) => {
      const { id } = await insertSample(store, { tenant, createdAt, id: `${head}${unique}`.padStart(16, "0") });
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
    const oldest = await store.list({ tenant, order: "oldest", limit: 100, nowMs: NOW_MS });
    assert.deepEqual(
      oldest.items.map(({ id }) => id),
      [older, nine, b, z, a, newer],
    );
    const newest = await store.list({ tenant, order: "newest", limit: 100, nowMs: NOW_MS });
    assert.deepEqual(
      newest.items.map(({ id }) => id),
      [newer, a, z, b, nine, older],
    );
  });
}
