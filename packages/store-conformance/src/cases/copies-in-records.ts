import assert from "node:assert/strict";
import { observation, resumption, sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { listed } from "../eventually.js";
import { freshTenant, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { vandalise } from "../vandalise.js";
import { eventsOf, eventsOfTenant } from "../walk-events.js";

const DATA = { list: [{ deep: 1 }] };

export function copiesInRecords({ it, createStore }: Suite): void {
  it("copies in: what a caller does to the events that he gave to append changes nothing in the store", async () => {
    const store = await createStore();
    const event = observation({ data: DATA });
    const given = [structuredClone(event)];
    await store.append(given);
    vandalise(given);
    assert.deepEqual(await eventsOf(store, { tenant: event.tenant, id: event.keyId }), [event]);
  });

  it("copies in: what a caller does to the settings and the event that he gave to settings.replace changes nothing in the store", async () => {
    const store = await createStore();
    const next = sampleSettings({ settings: { allowedScopes: ["a"] } });
    const event = { ...settingsEvent(next), data: DATA };
    const given = structuredClone({ next, event });
    await store.settings.replace(given.next, 0, given.event);
    vandalise(given);
    assert.deepEqual(await store.settings.get([next.tenant]), [next]);
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, next.tenant), [event]));
  });

  it("copies in: what a caller does to the events that he gave to owners.suspend and owners.resume changes nothing in the store", async () => {
    const store = await createStore();
    const ref = { tenant: freshTenant(), owner: "anna" };
    const [suspended, resumed] = [
      { ...suspension(ref), data: DATA },
      { ...resumption(ref, NOW_MS + 1), data: DATA },
    ];
    const given = [structuredClone(suspended), structuredClone(resumed)] as const;
    await store.owners.suspend(given[0]);
    vandalise(given[0]);
    assert.deepEqual(await store.owners.read([ref]), [{ suspendedAt: NOW_MS }]);
    await store.owners.resume(given[1]);
    vandalise(given[1]);
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, ref.tenant), [suspended, resumed]));
  });
}
