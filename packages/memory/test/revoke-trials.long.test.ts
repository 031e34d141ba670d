import { revokeTrials } from "@claviger/store-conformance";
import { describe, expect, it } from "vitest";
import { memoryStore } from "../src/memory-store.js";

const TRIALS = 10_000;

describe(`promise 2: ${TRIALS} trials of revoke amid verifies, usage writes and rehashes`, () => {
  it.each(["one", "four"] as const)("none comes back: callers: %s", async (callers) => {
    const { rehashed, accepted, denied } = await revokeTrials({ store: memoryStore() }, TRIALS, callers);
    expect(Math.min(rehashed, accepted, denied)).toBeGreaterThan(0);
  });
});
