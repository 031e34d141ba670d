import { setImmediate as turn } from "node:timers/promises";
import type { KeyRecord, Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { findOne } from "../samples.js";
import { revokeTrials } from "./revoke-trials.js";

/** Rehashes late, and whatever the key has become meanwhile. */
function withoutCompare(store: Store): Store {
  return {
    ...store,
    async replace(next, expectedVersion, event) {
      if (event.type !== "key.rehashed" || next.state === "destroyed")
        return store.replace(next, expectedVersion, event);
      await turn();
      const current = await findOne(store, next.id);
      if (current === undefined) return { outcome: "missing" };
      const version = current.version + 1;
      const stale: KeyRecord = { ...next, version };
      return store.replace(stale, current.version, { ...event, version });
    },
  };
}

describe("trials of revoke", () => {
  it("are races that each side wins", async () => {
    const { rehashed, accepted, denied } = await revokeTrials({ store: memoryStore() }, 60, "one");
    expect(Math.min(rehashed, 60 - rehashed, accepted, denied)).toBeGreaterThan(0);
  });

  it("find a key that comes back, and then stop", async () => {
    await expect(revokeTrials({ store: withoutCompare(memoryStore()) }, 60, "one")).rejects.toThrow("deep-equal");
  });

  it("by four callers find it too", async () => {
    expect(await revokeTrials({ store: memoryStore() }, 20, "four")).toMatchObject({ rehashed: expect.any(Number) });
    await expect(revokeTrials({ store: withoutCompare(memoryStore()) }, 60, "four")).rejects.toThrow("deep-equal");
  });
});
