import assert from "node:assert/strict";
import { resumption, suspension } from "../event-samples.js";
import { listed } from "../eventually.js";
import {
  AMPLE,
  asStored,
  atOnce,
  changeOf,
  countOf,
  findOne,
  freshTenant,
  insertSample,
  NOW_MS,
  replaceSample,
  sampleKey,
  tombstoneOf,
} from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOfTenant } from "../walk-events.js";

const CHANGED = { outcome: "changed" };
const UNCHANGED = { outcome: "unchanged" };

export function ownersSwitch({ it, createStore }: Suite): void {
  it("an owner is suspended from the event's time until he is resumed, with an event each, whether or not he has a key", async () => {
    const store = await createStore();
    for (const withKey of [false, true]) {
      const ref = { tenant: freshTenant(), owner: "anna" };
      if (withKey) await insertSample(store, ref);
      const [suspended, resumed] = [suspension(ref, NOW_MS + 5), resumption(ref, NOW_MS + 6)];
      assert.deepEqual(await store.owners.read([ref]), [{ suspendedAt: null }]);
      assert.deepEqual(await store.owners.suspend(suspended), CHANGED);
      assert.deepEqual(await store.owners.read([ref]), [{ suspendedAt: NOW_MS + 5 }]);
      assert.deepEqual(await store.owners.resume(resumed), CHANGED);
      assert.deepEqual(await store.owners.read([ref]), [{ suspendedAt: null }]);
      assert.deepEqual(await store.owners.suspend(suspension(ref, NOW_MS + 7)), CHANGED);
      assert.deepEqual(await store.owners.read([ref]), [{ suspendedAt: NOW_MS + 7 }]);
      await listed(store, async () => {
        const log = await eventsOfTenant(store, ref.tenant);
        assert.equal(log.length, 3 + (withKey ? 1 : 0));
        assert.deepEqual(log.slice(-3, -1), [suspended, resumed]);
      });
    }
  });

  it("to suspend a suspended owner, or resume one who is not, changes nothing and writes no event", async () => {
    const store = await createStore();
    const ref = { tenant: freshTenant(), owner: "anna" };
    assert.deepEqual(await store.owners.resume(resumption(ref)), UNCHANGED);
    const suspended = suspension(ref, NOW_MS);
    await store.owners.suspend(suspended);
    assert.deepEqual(await store.owners.suspend(suspension(ref, NOW_MS + 1)), UNCHANGED);
    assert.deepEqual(await store.owners.read([ref]), [{ suspendedAt: NOW_MS }]);
    const resumed = resumption(ref, NOW_MS + 2);
    await store.owners.resume(resumed);
    assert.deepEqual(await store.owners.resume(resumption(ref, NOW_MS + 3)), UNCHANGED);
    await listed(store, async () => assert.deepEqual(await eventsOfTenant(store, ref.tenant), [suspended, resumed]));
  });

  it("a suspension neither touches the owner's keys nor takes a place under his cap, and no key that comes or goes ends it", async () => {
    const store = await createStore();
    const key = sampleKey();
    const ref = { tenant: key.tenant, owner: key.owner };
    await store.owners.suspend(suspension(ref, NOW_MS));
    const two = { maxLive: 2, nowMs: NOW_MS };
    assert.deepEqual(await store.insert(key, two, changeOf(key, "key.created")), { outcome: "inserted" });
    assert.deepEqual(await findOne(store, key.id), asStored(key));
    const second = sampleKey(ref);
    assert.deepEqual(await store.insert(second, two, changeOf(second, "key.created")), { outcome: "inserted" });
    const third = sampleKey(ref);
    assert.deepEqual(await store.insert(third, two, changeOf(third, "key.created")), { outcome: "limit_reached" });
    assert.deepEqual(await store.owners.read([ref]), [{ suspendedAt: NOW_MS }]);
    await store.owners.resume(resumption(ref));
    assert.deepEqual(await store.insert(third, two, changeOf(third, "key.created")), { outcome: "limit_reached" });
    assert.deepEqual(await store.insert(third, AMPLE, changeOf(third, "key.created")), { outcome: "inserted" });
  });

  it("a suspension outlasts the deletion of the owner's last key, and holds for the next one", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const ref = { tenant: key.tenant, owner: key.owner };
    await store.owners.suspend(suspension(ref, NOW_MS));
    await replaceSample(store, tombstoneOf(key));
    assert.deepEqual(await store.owners.read([ref]), [{ suspendedAt: NOW_MS }]);
    await insertSample(store, ref);
    assert.deepEqual(await store.owners.read([ref]), [{ suspendedAt: NOW_MS }]);
  });

  it("of twenty who suspend an owner at once one changes it, and one event is there", async () => {
    const store = await createStore();
    const ref = { tenant: freshTenant(), owner: "anna" };
    const results = await atOnce(20, (index) => store.owners.suspend(suspension(ref, NOW_MS + index)));
    assert.equal(countOf(results, "changed"), 1);
    await listed(store, async () => assert.equal((await eventsOfTenant(store, ref.tenant)).length, 1));
  });
}
