import assert from "node:assert/strict";
import { listed } from "../eventually.js";
import { AMPLE, asStored, changeOf, findOne, freshTenant, NOW_MS, sampleKey } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";
import { listAll } from "../walk-list.js";

/** Texts that some database, driver or normalisation would take for another, or for each other. */
const TEXTS = [
  "\u00e9",
  "e\u0301",
  "\u00c9",
  "\ufb01",
  "fi",
  " padded ",
  "padded",
  "Stra\u00dfe",
  "STRASSE",
  "\u0130",
  "👩\u200d👩\u200d👧",
  "🔑",
  "\u202eright to left",
  "\ufefftext",
  "\ufffd",
  "\uffff",
  "\u{10ffff}",
  "one\r\ntwo\u2028three\tfour",
  "\u001f\u007f",
  `'"\`\\%_$1{}[]`,
];

export function unicode({ it, createStore }: Suite): void {
  it("text is kept to the code unit: in names, owners, tenants, metadata and events, and none is taken for another", async () => {
    const store = await createStore();
    const home = freshTenant();
    const keys = TEXTS.map((text) => {
      const metadata = { [text]: text, list: [text] };
      return sampleKey({ tenant: `${home}${text}`, owner: text, name: text, createdBy: text, metadata });
    });
    for (const [index, key] of keys.entries()) {
      const text = TEXTS[index] ?? "";
      const event = { ...changeOf(key, "key.created"), actor: text, reason: text, data: { [text]: text } };
      await store.insert(key, AMPLE, event);
      assert.deepEqual(await findOne(store, key.id), asStored(key));
      assert.deepEqual(await eventsOf(store, key), [event]);
    }
    for (const key of keys) {
      const query = { tenant: key.tenant, order: "newest", limit: 10, nowMs: NOW_MS } as const;
      await listed(store, async () => assert.deepEqual(await listAll(store, query), [asStored(key)]));
    }
  });

  it("owners of one tenant whose names look alike have a list and a cap each", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const keys = TEXTS.map((owner) => sampleKey({ tenant, owner }));
    for (const key of keys) {
      const result = await store.insert(key, { maxLive: 1, nowMs: NOW_MS }, changeOf(key, "key.created"));
      assert.deepEqual(result, { outcome: "inserted" }, JSON.stringify(key.owner));
    }
    for (const key of keys) {
      const query = { tenant, owner: key.owner, order: "newest", limit: 100, nowMs: NOW_MS } as const;
      await listed(store, async () => assert.deepEqual(await listAll(store, query), [asStored(key)]));
    }
  });
}
