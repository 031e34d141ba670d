import assert from "node:assert/strict";
import type { Keyring } from "claviger";
import fc from "fast-check";
import { formerKeyring } from "../processes/caller.js";
import { awaitedLater } from "../races/act-at-once.js";
import { chainedHistoryOf, countChanges } from "../races/history.js";
import { freshId } from "../samples.js";
import type { Suite } from "../suite.js";
import { usageOf } from "../usage-sample.js";
import { insist, outcomeOf, underFaults, verdictOf } from "./faulty-world.js";

const ACTS: { readonly [verb: string]: (keyring: Keyring, id: string, token: string) => Promise<unknown> } = {
  rehash: (keyring, _, token) => verdictOf(keyring, token),
  update: (keyring, id) => keyring.update(id, { name: "Another" }),
  rotate: (keyring, id) => keyring.rotate(id, { overlap: "1h" }),
  finishRotation: (keyring, id) => keyring.finishRotation(id),
  cancelRotation: (keyring, id) => keyring.cancelRotation(id),
  disable: (keyring, id) => keyring.disable(id),
  enable: (keyring, id) => keyring.enable(id),
};

const acts = fc.array(fc.constantFrom(...Object.keys(ACTS)), { maxLength: 4 });

export function noWayBack(suite: Suite): void {
  underFaults(
    suite,
    "promise 2, under faults: what was on its way before a revoke, or comes later, brings no key back",
    fc.tuple(acts, acts),
    async (world, [before, after]) => {
      const { sound, faulty, store, line } = world;
      const { key, token } = await formerKeyring(store).create({ owner: freshId(), name: "To be revoked" });
      const begin = (verbs: readonly string[]): Promise<unknown> =>
        Promise.all([
          ...verbs.map((verb) => outcomeOf(ACTS[verb]?.(faulty, key.id, token) ?? Promise.resolve())),
          line.recordUsage([usageOf(key)]).catch(() => undefined),
        ]);
      const underWay = awaitedLater(begin(before));
      // Told that others were quicker five times, the caller asks again.
      while ((await outcomeOf(sound.revoke(key.id))) === "conflict");
      assert.ok(isOver(await verdictOf(sound, token)));
      await underWay;
      await begin(after);
      await world.settle();
      assert.ok(isOver(await verdictOf(sound, token)));
      const history = await chainedHistoryOf(store, key);
      assert.equal(history.key.state, "revoked");
      assert.equal(countChanges(history, "key.revoked"), 1);
      assert.equal(await insist(world, (keyring) => keyring.enable(key.id)), "illegal_transition");
    },
  );
}

/** A rotation that came before may have ended the token already. */
function isOver(code: string): boolean {
  return code === "revoked" || code === "unknown";
}
