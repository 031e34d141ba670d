import assert from "node:assert/strict";
import fc from "fast-check";
import { chainedHistoryOf, countChanges } from "../races/history.js";
import { freshId } from "../samples.js";
import type { Suite } from "../suite.js";
import { insist, outcomeOf, underFaults, verdictOf } from "./faulty-world.js";

const ENDS = {
  revoke: { type: "key.revoked", code: "revoked" },
  disable: { type: "key.disabled", code: "disabled" },
  delete: { type: "key.deleted", code: "unknown" },
} as const;

const verb = fc.constantFrom("revoke" as const, "disable" as const, "delete" as const);

export function endAtOnce(suite: Suite): void {
  underFaults(
    suite,
    "promise 1, under faults: once revoke, disable or delete resolves, first try or repeated, every verify fails",
    verb,
    async (world, end) => {
      const { sound, faulty, store } = world;
      const { key, token } = await sound.create({ owner: freshId(), name: "To be ended" });
      const first = await outcomeOf(faulty[end](key.id));
      assert.ok(first === "ok" || first === "store_unavailable");
      if (first === "ok") assert.equal(await verdictOf(sound, token), ENDS[end].code);
      assert.equal(await insist(world, (keyring) => keyring[end](key.id)), "ok");
      assert.equal(await verdictOf(sound, token), ENDS[end].code);
      assert.notEqual(await verdictOf(faulty, token), "ok");
      await world.settle();
      assert.equal(await verdictOf(sound, token), ENDS[end].code);
      assert.equal(
        countChanges(await chainedHistoryOf(store, key), ENDS[end].type),
        1,
        "however often it was repeated",
      );
    },
  );
}
