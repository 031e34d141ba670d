import assert from "node:assert/strict";
import { observation } from "../event-samples.js";
import { listed } from "../eventually.js";
import { AMPLE, asStored, changed, changeOf, findOne, NOW_MS, sampleKey } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf, eventsOfTenant } from "../walk-events.js";
import { listAll } from "../walk-list.js";

export function listsCurrent({ it, createStore }: Suite): void {
  it("capability lists: what was written is found by its id at once, and listed at once or, where lists lag, in the end", async () => {
    const store = await createStore();
    const key = sampleKey();
    const query = { tenant: key.tenant, order: "newest", limit: 10, nowMs: NOW_MS } as const;
    const created = changeOf(key, "key.created");
    await store.insert(key, AMPLE, created);
    assert.deepEqual(await findOne(store, key.id), asStored(key));
    assert.deepEqual(await eventsOf(store, key), [created]);
    await listed(store, async () => assert.deepEqual(await listAll(store, query), [asStored(key)]));
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, key.tenant), [created]));

    const revoked = changed(key, { state: "revoked" });
    const event = changeOf(revoked, "key.revoked");
    const seen = observation({ tenant: key.tenant, keyId: key.id, at: NOW_MS + 2 });
    await store.replace(revoked, key.version, event);
    await store.append([seen]);
    assert.deepEqual(await findOne(store, key.id), asStored(revoked));
    assert.deepEqual(await eventsOf(store, key), [created, event, seen]);
    await listed(store, async () => assert.deepEqual(await listAll(store, query), [asStored(revoked)]));
    const log = [created, event, seen];
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, key.tenant), log));
  });
}
