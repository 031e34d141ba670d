import assert from "node:assert/strict";
import type { OwnerRef } from "@claviger/core";
import { suspension } from "../event-samples.js";
import { HOSTILE_TEXTS } from "../hostile-texts.js";
import { freshTenant, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";

const SEPARATORS = ["#", ":", "/", "|", "\u001f", " ", "_", "\n"];

export function ownersInOrder({ it, createStore }: Suite): void {
  it("owners.read answers every owner in the order asked, repetitions too, also those of whom nobody has heard", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const of = (owner: string): OwnerRef => ({ tenant, owner });
    await store.owners.suspend(suspension(of("anna"), NOW_MS));
    await store.owners.suspend(suspension(of("bert"), NOW_MS + 1));
    const read = await store.owners.read([of("bert"), of("nobody"), of("anna"), of("bert"), ...HOSTILE_TEXTS.map(of)]);
    const [anna, bert, none] = [NOW_MS, NOW_MS + 1, null].map((suspendedAt) => ({ suspendedAt }));
    assert.deepEqual(read, [bert, none, anna, bert, ...HOSTILE_TEXTS.map(() => none)]);
    assert.deepEqual(await store.owners.read([]), []);
  });

  it("an owner is the pair of tenant and name: none is taken for another, wherever the one ends and the other begins", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const refs = SEPARATORS.flatMap((separator) => [
      { tenant, owner: `a${separator}b` },
      { tenant: `${tenant}${separator}a`, owner: "b" },
    ]);
    const alike = ["Anna", "anna", "anna ", "ann\u00e9", "anne\u0301"].map((owner) => ({ tenant, owner }));
    const all = [...refs, ...alike];
    for (const [index, ref] of all.entries()) {
      assert.deepEqual(await store.owners.suspend(suspension(ref, NOW_MS + index)), { outcome: "changed" });
    }
    assert.deepEqual(
      await store.owners.read(all),
      all.map((_, index) => ({ suspendedAt: NOW_MS + index })),
    );
  });
}
