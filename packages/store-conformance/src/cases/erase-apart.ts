import assert from "node:assert/strict";
import type { EventRef } from "@claviger/core";
import { ERASED_AT, refOf, writeErasable } from "../erasable.js";
import { observation } from "../event-samples.js";
import { freshId, freshTenant } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";
import { feedEnd, feedThrough } from "../walk-feed.js";

export function eraseApart({ it, createStore }: Suite): void {
  it("tenant isolation, eraseEvents: a reference of another tenant or key, or of an event that there is not, erases nothing", async () => {
    const store = await createStore();
    const { next, created, seen, updated } = await writeErasable(store);
    for (const event of [created, seen, updated]) {
      const { keyId: _, ...withoutKey } = refOf(event);
      const strays: readonly EventRef[] = [
        { ...refOf(event), tenant: freshTenant() },
        { ...refOf(event), keyId: freshId() },
        { ...refOf(event), id: freshId() },
        withoutKey,
      ];
      await store.eraseEvents(strays, ERASED_AT);
    }
    assert.deepEqual(await eventsOf(store, next), [created, seen, updated]);
  });

  it("the feed tells of an erased event without its body, or not at all", async () => {
    const store = await createStore();
    const end = await feedEnd(store);
    const { created, seen, updated } = await writeErasable(store);
    await feedThrough(store, end, [created.id, seen.id, updated.id]);
    const refs = [created, seen, updated].map(refOf);
    await store.eraseEvents(refs, ERASED_AT);
    const last = observation({ tenant: seen.tenant });
    await store.append([last]);
    const { met } = await feedThrough(store, end, [last.id]);
    const ids = refs.map(({ id }) => id);
    for (const event of met) if (ids.includes(event.id)) assert.equal(event.erasedAt, ERASED_AT);
  });
}
