import assert from "node:assert/strict";
import type { Store } from "@claviger/core";
import { credits, requestOf } from "../charge-sample.js";
import { observation, resumption, sampleSettings, settingsEvent, suspension } from "../event-samples.js";
import {
  asStored,
  changed,
  findOne,
  freshId,
  freshTenant,
  insertSample,
  NOW_MS,
  replaceSample,
  sampleKey,
  tombstoneOf,
} from "../samples.js";
import type { Suite } from "../suite.js";
import { usageNow, usageOf } from "../usage-sample.js";
import { chainOfKey } from "../walk-chains.js";
import { eventsOf } from "../walk-events.js";

/** What one handle reads before and after each write of another. */
interface Exchange {
  readonly read: string;
  readonly run: (reader: Store, writer: Store) => Promise<void>;
}

const exchanges: readonly Exchange[] = [
  {
    read: "find",
    run: async (reader, writer) => {
      const key = sampleKey();
      assert.equal(await findOne(reader, key.id), undefined);
      await insertSample(writer, key);
      assert.deepEqual(await findOne(reader, key.id), asStored(key));
      const revoked = changed(key, { state: "revoked" });
      await replaceSample(writer, revoked);
      assert.deepEqual(await findOne(reader, key.id), asStored(revoked));
      assert.deepEqual(await reader.find([key.id], key.tenant), [asStored(revoked)]);
      await writer.recordUsage([usageOf(key)]);
      assert.deepEqual(await findOne(reader, key.id), { ...revoked, lastUsedAt: NOW_MS });
      await replaceSample(writer, tombstoneOf(revoked));
      assert.deepEqual(await findOne(reader, key.id), tombstoneOf(revoked));
    },
  },
  {
    read: "usage",
    run: async (reader, writer) => {
      const key = await insertSample(writer);
      const countNow = async () => (await usageNow(reader, key)).counts.map(({ count }) => count);
      assert.deepEqual(await countNow(), []);
      await writer.recordUsage([usageOf(key)]);
      assert.deepEqual(await countNow(), [1]);
      await writer.recordUsage([usageOf(key)]);
      assert.deepEqual(await countNow(), [2]);
    },
  },
  {
    read: "the meters of consume",
    run: async (reader, writer) => {
      const request = requestOf([credits(9)]);
      const spend = async (store: Store) => (await store.consume([request], NOW_MS))[0]?.meters;
      for (const [index, store] of [reader, writer, reader, writer, reader].entries()) {
        assert.deepEqual(await spend(store), [{ form: "window", windowAt: 0, used: index + 1 }]);
      }
    },
  },
  {
    read: "events of a key",
    run: async (reader, writer) => {
      const key = { tenant: freshTenant(), id: freshId() };
      assert.deepEqual(await eventsOf(reader, key), []);
      const first = observation({ tenant: key.tenant, keyId: key.id });
      await writer.append([first]);
      assert.deepEqual(await eventsOf(reader, key), [first]);
      const second = observation({ tenant: key.tenant, keyId: key.id, at: NOW_MS + 1 });
      await writer.append([second]);
      assert.deepEqual(await eventsOf(reader, key), [first, second]);
    },
  },
  {
    read: "the chain of a key",
    run: async (reader, writer) => {
      const key = sampleKey();
      assert.equal(await chainOfKey(reader, key), undefined);
      await insertSample(writer, key);
      assert.equal((await chainOfKey(reader, key))?.head, key.head);
      await replaceSample(writer, tombstoneOf(key));
      assert.equal((await chainOfKey(reader, key))?.head, tombstoneOf(key).head);
    },
  },
  {
    read: "settings.get",
    run: async (reader, writer) => {
      const settings = sampleSettings({ settings: { enabled: true } });
      assert.deepEqual(await reader.settings.get([settings.tenant]), [undefined]);
      await writer.settings.replace(settings, 0, settingsEvent(settings));
      assert.deepEqual(await reader.settings.get([settings.tenant]), [settings]);
      const next = { ...settings, version: 2, settings: { enabled: false } };
      await writer.settings.replace(next, 1, settingsEvent(next));
      assert.deepEqual(await reader.settings.get([settings.tenant]), [next]);
    },
  },
  {
    read: "owners.read",
    run: async (reader, writer) => {
      const ref = { tenant: freshTenant(), owner: "anna" };
      assert.deepEqual(await reader.owners.read([ref]), [{ suspendedAt: null }]);
      await writer.owners.suspend(suspension(ref));
      assert.deepEqual(await reader.owners.read([ref]), [{ suspendedAt: NOW_MS }]);
      await writer.owners.resume(resumption(ref));
      assert.deepEqual(await reader.owners.read([ref]), [{ suspendedAt: null }]);
    },
  },
];

export function handlesAgree({ it, createSubject }: Suite): void {
  for (const { read, run } of exchanges) {
    it(`handles agree: ${read}, having been read through one, shows at once what another has written since`, async () => {
      const { store, openAnother } = await createSubject();
      // Where nobody else can reach the data, the store must at least not hide its own writes.
      const other = openAnother === undefined ? store : await openAnother();
      await run(store, other);
      await run(other, store);
    });
  }
}
