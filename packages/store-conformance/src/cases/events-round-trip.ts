import assert from "node:assert/strict";
import type { AuditEvent } from "@claviger/core";
import fc from "fast-check";
import { jsonObject, text } from "../arbitraries.js";
import { observation, resumption, sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { listed } from "../eventually.js";
import { AMPLE, changed, changeOf, freshTenant, NOW_MS, sampleKey, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf, eventsOfTenant } from "../walk-events.js";

const said = fc.record(
  { actor: text(40), address: fc.constantFrom("192.0.2.1", "2001:db8::1"), reason: text(40), data: jsonObject },
  { requiredKeys: ["actor", "data"], noNullPrototype: true },
);

export function eventsRoundTrip({ it, createStore }: Suite): void {
  it("an event comes back deep-equal, whatever Unicode, line breaks and JSON it holds", async () => {
    const store = await createStore();
    await fc.assert(
      fc.asyncProperty(said, said, async (change, noticed) => {
        const key = sampleKey();
        const created = { ...changeOf(key, "key.created"), ...change };
        const seen = observation({ tenant: key.tenant, keyId: key.id, at: NOW_MS + 1, ...noticed });
        await store.insert(key, AMPLE, created);
        await store.append([seen]);
        assert.deepEqual(await eventsOf(store, key), [created, seen]);
      }),
    );
  });

  it("a line break, a quote and a name that means something elsewhere stay what they are", async () => {
    const store = await createStore();
    const key = sampleKey();
    const data = { "\n": 'a\r\n"b"\u2028', toString: { "": [null, 0.1, 1e21] }, "10": 1, "9": 2 };
    const event = { ...changeOf(key, "key.created"), actor: "anna\nroot", reason: "line\nbreak 🔑", data };
    await store.insert(key, AMPLE, event);
    const [found] = await eventsOf(store, key);
    assert.deepEqual(found, event);
    assert.equal(JSON.stringify(found?.data), JSON.stringify(data));
  });

  it("changes of keys, observations, settings and owners are one log, and each comes back with what it had and no more", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const key = sampleKey({ tenant });
    const [next, owner] = [changed(key), { tenant, owner: "anna" }];
    const tombstone = tombstoneOf(next);
    const settings = sampleSettings({ tenant, updatedAt: NOW_MS + 3 });
    const log = [
      changeOf(key, "key.created"),
      changeOf(next, "key.updated"),
      observation({ tenant, keyId: key.id, at: NOW_MS + 1 }),
      changeOf(tombstone, "key.deleted"),
      settingsEvent(settings),
      suspension(owner, NOW_MS + 4),
      resumption(owner, NOW_MS + 5),
    ] as const;
    const [created, updated, seen, deleted, set, suspended, resumed] = log;
    assert.deepEqual(await store.insert(key, AMPLE, created), { outcome: "inserted" });
    assert.deepEqual(await store.replace(next, key.version, updated), { outcome: "replaced" });
    await store.append([seen]);
    assert.deepEqual(await store.replace(tombstone, next.version, deleted), { outcome: "replaced" });
    assert.deepEqual(await store.settings.replace(settings, 0, set), { outcome: "replaced" });
    assert.deepEqual(await store.owners.suspend(suspended), { outcome: "changed" });
    assert.deepEqual(await store.owners.resume(resumed), { outcome: "changed" });
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, tenant), log));
    const aboutKey: readonly AuditEvent[] = [created, updated, seen, deleted];
    assert.deepEqual(await eventsOf(store, key), aboutKey);
  });
}
