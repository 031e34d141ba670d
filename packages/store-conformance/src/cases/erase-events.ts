import assert from "node:assert/strict";
import { type AuditEvent, erasedEvent } from "@claviger/core";
import { BODY, ERASED_AT, refOf, writeErasable } from "../erasable.js";
import { sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { listed } from "../eventually.js";
import { asStored, changed, findOne, NOW_MS, replaceSample } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf, eventsOfTenant, walkEvents } from "../walk-events.js";

export function eraseEvents({ it, createStore }: Suite): void {
  it("eraseEvents takes the bodies of changes and notes away for good, and leaves what they were about, their order and their place in the chain", async () => {
    const store = await createStore();
    const { next, created, seen, updated } = await writeErasable(store);
    const all: readonly AuditEvent[] = [created, seen, updated];
    await store.eraseEvents([], ERASED_AT);
    await store.eraseEvents([refOf(created), refOf(updated)], ERASED_AT);
    const left = [erasedEvent(created, ERASED_AT), seen, erasedEvent(updated, ERASED_AT)];
    assert.deepEqual(await eventsOf(store, next), left);
    await store.eraseEvents(all.map(refOf), ERASED_AT + 1);
    const erased = [left[0], erasedEvent(seen, ERASED_AT + 1), left[2]];
    assert.deepEqual(await eventsOf(store, next), erased, "what is erased stays as it is");
    assert.deepEqual(await findOne(store, next.id), asStored(next), "and so does the key");
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, next.tenant), erased));
  });

  it("an erased event is found as before, by anyone but its former actor, and stays erased whatever is written, or repeated, later", async () => {
    const store = await createStore();
    const { next, created, seen, updated } = await writeErasable(store);
    const refs = [created, seen, updated].map(refOf);
    await store.eraseEvents(refs, ERASED_AT);
    assert.deepEqual(await store.replace(next, 1, updated), { outcome: "replaced" });
    await store.append([seen]);
    const last = changed(next);
    await replaceSample(store, last);
    const [, , , event] = await eventsOf(store, next);
    const erased = [created, seen, updated].map((given) => erasedEvent(given, ERASED_AT));
    assert.deepEqual(await eventsOf(store, next), [...erased, event]);
    const query = { tenant: next.tenant, keyId: next.id, order: "oldest", limit: 10 } as const;
    assert.deepEqual(await walkEvents(store, { ...query, types: ["key.updated"] }), [erased[2], event]);
    assert.deepEqual(await walkEvents(store, { ...query, actor: "anna" }), []);
    await listed(store, async () => {
      const { keyId: _, ...wide } = query;
      assert.deepEqual(await walkEvents(store, { ...wide, actor: "anna" }), []);
      assert.equal((await walkEvents(store, wide)).length, 4);
    });
  });

  it("eraseEvents takes the body of what happened to settings and owners, and leaves these as they are", async () => {
    const store = await createStore();
    const settings = sampleSettings({ settings: { enabled: false } });
    const { tenant } = settings;
    const ref = { tenant, owner: "anna" };
    const set = { ...settingsEvent(settings), ...BODY };
    const suspended = { ...suspension(ref, NOW_MS + 1), ...BODY };
    await store.settings.replace(settings, 0, set);
    await store.owners.suspend(suspended);
    await store.eraseEvents([refOf(set), refOf(suspended)], ERASED_AT);
    const erased = [erasedEvent(set, ERASED_AT), erasedEvent(suspended, ERASED_AT)];
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, tenant), erased));
    assert.deepEqual(await store.settings.get([tenant]), [settings]);
    assert.deepEqual(await store.owners.read([ref]), [{ suspendedAt: NOW_MS + 1 }]);
    assert.deepEqual(await store.owners.suspend(suspended), { outcome: "changed" });
  });
}
