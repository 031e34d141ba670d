import assert from "node:assert/strict";
import type { KeyRecord, Tombstone } from "@claviger/core";
import { metersNow, usedOf } from "../charge-sample.js";
import { changed, NOW_MS, replaceSample, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { foundCharge, insertSpentOn, spent, whereIfUnchanged } from "../where-if-unchanged.js";

/** What may become of a key. */
const CHANGES: Readonly<Record<string, (key: KeyRecord) => KeyRecord | Tombstone>> = {
  revoked: (key) => changed(key, { state: "revoked" }),
  disabled: (key) => changed(key, { state: "disabled" }),
  "given an end": (key) => changed(key, { expiresAt: NOW_MS + 1 }),
  "given another secret": (key) => changed(key, { digest: { alg: "sha256", hex: "f".repeat(64) } }),
  "given other limits": (key) => changed(key, { limits: [] }),
  "changed in nothing but its version": (key) => changed(key),
  deleted: tombstoneOf,
};

export function changedKeysUncharged(suite: Suite): void {
  const ifUnchanged = whereIfUnchanged(suite);

  for (const [name, change] of Object.entries(CHANGES))
    ifUnchanged(
      `promise 2: of a key that was ${name} since it was found nothing is spent`,
      async ({ store, subject, charge }) => {
        const another = (await subject.openAnother?.()) ?? store;
        const key = await insertSpentOn(store);
        const request = await foundCharge(store, key);
        assert.deepEqual(spent(await charge(request)), [1, [2]]);
        const before = await metersNow(store, request);
        const next = change(key);
        await replaceSample(another, next);
        for (const _ of ["once", "and again"]) assert.equal(await charge(request), null);
        const left = next.state === "destroyed" ? [null] : before;
        assert.deepEqual(await metersNow(store, request), left);
      },
    );

  ifUnchanged("found anew, a changed key is charged again", async ({ store, charge }) => {
    const key = await insertSpentOn(store);
    const before = await foundCharge(store, key);
    await replaceSample(store, changed(key, { name: "another" }));
    const after = await foundCharge(store, key);
    assert.deepEqual(spent(await charge(after)), [1, [2]]);
    assert.equal(await charge(before), null);
  });

  ifUnchanged("another key's record is none of this key", async ({ store, charge }) => {
    const request = await foundCharge(store, await insertSpentOn(store));
    const { asFound } = await foundCharge(store, await insertSpentOn(store));
    assert.equal(await charge({ ...request, asFound }), null);
    assert.deepEqual(usedOf(await metersNow(store, request)), [1]);
  });
}
