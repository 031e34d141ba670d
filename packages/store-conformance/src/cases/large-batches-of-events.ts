import assert from "node:assert/strict";
import { observation } from "../event-samples.js";
import { freshId, freshTenant, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";

/** One more than some databases take in one request. */
const SIZES = [26, 101] as const;

export function largeBatchesOfEvents({ it, createStore }: Suite): void {
  for (const size of SIZES) {
    it(`large batches: append of ${size} events keeps every one, and eraseEvents erases every one`, async () => {
      const store = await createStore();
      const key = { tenant: freshTenant(), id: freshId() };
      const events = Array.from({ length: size }, () => observation({ tenant: key.tenant, keyId: key.id }));
      await store.append(events.toReversed());
      assert.deepEqual(await eventsOf(store, key), events);
      await store.eraseEvents(events, NOW_MS);
      const erased = (await eventsOf(store, key)).map(({ erasedAt }) => erasedAt);
      assert.deepEqual(erased, Array(size).fill(NOW_MS));
    });
  }
}
