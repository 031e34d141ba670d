import assert from "node:assert/strict";
import { MAX_TIME_MS } from "@claviger/core";
import { credits, requestOf } from "../charge-sample.js";
import { sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import { asStored, atOnce, freshTenant, insertSample, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { HOUR_AT, usageOf } from "../usage-sample.js";

/** One more than some databases take in one request. */
const SIZES = [26, 101] as const;
const LARGEST = 101;

export function largeBatches({ it, createStore }: Suite): void {
  it("large batches: recordUsage of 26 and of 101 keys counts every one, and usage of 101 answers each in its place", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const keys = await atOnce(LARGEST, (index) => insertSample(store, { tenant, owner: `owner ${index}` }));
    for (const size of SIZES) {
      const batch = keys.slice(0, size).map((key, index) => {
        return usageOf(key, { counts: [{ hourAt: HOUR_AT, outcome: "ok", count: index + 1 }] });
      });
      await store.recordUsage(batch);
    }
    const keyIds = keys.map(({ id }) => id).reverse();
    const usage = await store.usage({ tenant, keyIds, fromAt: 0, beforeAt: MAX_TIME_MS });
    assert.deepEqual(
      usage.map(({ keyId, counts }) => [keyId, ...counts.map(({ count }) => count)]),
      keyIds.map((id, place) => {
        const index = LARGEST - 1 - place;
        return [id, index < SIZES[0] ? 2 * (index + 1) : index + 1];
      }),
    );
  });

  for (const size of SIZES) {
    it(`large batches: consume of ${size} requests spends and answers every one, in its place`, async () => {
      const store = await createStore();
      const requests = Array.from({ length: size }, (_, index) => requestOf([credits(LARGEST)], { units: index + 1 }));
      for (const round of [1, 2]) {
        const results = await store.consume(requests, NOW_MS);
        const used = requests.map(({ units }) => Math.min(round * units, LARGEST));
        assert.deepEqual(
          results.map(({ meters }) => meters),
          used.map((amount) => [{ form: "window", windowAt: 0, used: amount }]),
        );
      }
    });
  }

  it("large batches: find of 101 ids answers each in its place", async () => {
    const store = await createStore();
    const keys = await atOnce(LARGEST, (index) => insertSample(store, { owner: `owner ${index}` }));
    const asked = keys.toReversed();
    const ids = asked.map(({ id }) => id);
    assert.deepEqual(await store.find(ids), asked.map(asStored));
  });

  it("large batches: settings.get of 101 tenants answers each in its place", async () => {
    const store = await createStore();
    const all = await atOnce(LARGEST, async (index) => {
      const settings = sampleSettings({ settings: { maxKeysPerOwner: index + 1 } });
      await store.settings.replace(settings, 0, settingsEvent(settings));
      return settings;
    });
    const asked = all.toReversed();
    assert.deepEqual(await store.settings.get(asked.map(({ tenant }) => tenant)), asked);
  });

  it("large batches: owners.read of 101 owners answers each in its place", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const times = await atOnce(LARGEST, async (index) => {
      await store.owners.suspend(suspension({ tenant, owner: `owner ${index}` }, NOW_MS + index));
      return NOW_MS + index;
    });
    const refs = times.map((_, index) => ({ tenant, owner: `owner ${index}` })).reverse();
    assert.deepEqual(
      await store.owners.read(refs),
      times.toReversed().map((suspendedAt) => ({ suspendedAt })),
    );
  });
}
