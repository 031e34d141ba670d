import assert from "node:assert/strict";
import { resumption, suspension } from "../event-samples.js";
import { listed } from "../eventually.js";
import { atOnce, freshTenant, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOfTenant } from "../walk-events.js";

const CHANGED = { outcome: "changed" };

export function ownersIdempotent({ it, createStore }: Suite): void {
  it("suspend and resume repeated with their event's id are `changed` again, one after the other and at once, and each event is there once", async () => {
    const store = await createStore();
    const ref = { tenant: freshTenant(), owner: "anna" };
    const [suspended, resumed] = [suspension(ref, NOW_MS), resumption(ref, NOW_MS + 1)];
    for (const act of [() => store.owners.suspend(suspended), () => store.owners.resume(resumed)]) {
      assert.deepEqual(await act(), CHANGED);
      assert.deepEqual(await act(), CHANGED);
      assert.deepEqual(
        await atOnce(20, act),
        Array.from({ length: 20 }, () => CHANGED),
      );
    }
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, ref.tenant), [suspended, resumed]));
  });

  it("a suspension repeated after someone else ended it does not suspend again, and writes no second event", async () => {
    const store = await createStore();
    const ref = { tenant: freshTenant(), owner: "anna" };
    const [suspended, resumed] = [suspension(ref, NOW_MS), resumption(ref, NOW_MS + 1)];
    await store.owners.suspend(suspended);
    await store.owners.resume(resumed);
    // What it comes to is open, a fault included: the event is there, and it did not make the owner what he is now.
    await store.owners.suspend(suspended).catch(() => undefined);
    assert.deepEqual(await store.owners.read([ref]), [{ suspendedAt: null }]);
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, ref.tenant), [suspended, resumed]));
  });
}
