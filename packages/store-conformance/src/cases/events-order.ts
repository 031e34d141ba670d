import assert from "node:assert/strict";
import { observation } from "../event-samples.js";
import { listed } from "../eventually.js";
import { freshId, freshTenant, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { walkEvents } from "../walk-events.js";

export function eventsOrder({ it, createStore }: Suite): void {
  for (const whose of ["a tenant", "a key"] as const) {
    it(`events of ${whose} go by time, either way, and within one millisecond by the id's ASCII code units`, async () => {
      const store = await createStore();
      const [tenant, keyId, unique] = [freshTenant(), freshId(), freshId().slice(1)];
      const events = (
        [
          [NOW_MS, "B"],
          [NOW_MS, "a"],
          [NOW_MS, "Z"],
          [NOW_MS, "9"],
          [NOW_MS - 1, "z"],
          [NOW_MS + 1, "0"],
        ] as const
      ).map(([at, head]) => observation({ id: head + unique, tenant, keyId, at }));
      await store.append(events);
      const ordered = ["z", "9", "B", "Z", "a", "0"].map((head) => head + unique);
      const scope = whose === "a key" ? { tenant, keyId } : { tenant };
      const idsBy = async (order: "oldest" | "newest") =>
        (await walkEvents(store, { ...scope, order, limit: 2 })).map(({ id }) => id);
      await listed(store, async () => assert.deepEqual(await idsBy("oldest"), ordered));
      assert.deepEqual(await idsBy("newest"), ordered.toReversed());
    });
  }
}
