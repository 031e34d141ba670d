import type { LimitInput, Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { openWorld, type World } from "../support/open-world.js";

const LIMIT = 100;
const REQUESTS = 1_000;
const PROCESSES = 4;

/** The store as a process far away sees it: each call and each answer takes turns of the event loop. */
function farAway(inner: Store): { readonly store: Store; readonly consumes: () => number } {
  let consumes = 0;
  const travel = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    consumes: () => consumes,
    store: {
      ...inner,
      async consume(requests, nowMs) {
        consumes += 1;
        await travel();
        const results = await inner.consume(requests, nowMs);
        await travel();
        return results;
      },
    },
  };
}

async function verdictsOf(worlds: readonly World[], token: string, cost = 1) {
  return Promise.all(
    Array.from({ length: REQUESTS }, (_, index) => {
      const world = worlds[index % worlds.length];
      // As if they came one after another, some in the same millisecond.
      if (index % 7 === 0) world?.clock.advance(1);
      return world?.keyring.verify(token, { cost });
    }),
  );
}

describe.each([1, PROCESSES])("promise 3: 1,000 charges at once through the batches of %d keyrings", (processes) => {
  const open = async (limits: readonly LimitInput[]) => {
    const inner = memoryStore();
    const far = Array.from({ length: processes }, () => farAway(inner));
    const worlds = far.map(({ store }) => openWorld(store));
    const { token } = await openWorld(inner).keyring.create({ owner: "user_1", name: "A key", limits });
    return { worlds, token, consumes: () => far.reduce((sum, each) => sum + each.consumes(), 0) };
  };

  const month: LimitInput = { name: "month", kind: "quota", limit: LIMIT, refill: "month" };
  const credits: LimitInput = { name: "budget", kind: "credits", limit: LIMIT };
  const exact: readonly (readonly [string, readonly LimitInput[], number, number])[] = [
    ["fixed window", [{ name: "burst", kind: "rate", limit: LIMIT, per: "1d", algorithm: "fixed" }], 1, 100],
    ["quota", [month], 1, 100],
    ["credits", [credits], 1, 100],
    ["credits, three at a time", [credits], 3, 33],
    ["credits and a second limit that refuses", [credits, { ...month, limit: 60 }], 1, 60],
    [
      "GCRA, of which nothing is refilled meanwhile",
      [{ name: "burst", kind: "rate", limit: LIMIT, per: "1d" }],
      1,
      100,
    ],
  ];

  it.each(exact)("%s: exactly as many as fit, and nobody else pays", async (_, limits, cost, expected) => {
    const { worlds, token, consumes } = await open(limits);
    const verdicts = await verdictsOf(worlds, token, cost);
    expect(verdicts.filter((verdict) => verdict?.ok)).toHaveLength(expected);
    // They did go together: else the test would show nothing of batches.
    expect(consumes()).toBeLessThan(REQUESTS / 10);
    const after = await worlds[0]?.keyring.verify(token, { cost: LIMIT });
    expect(after?.ok === false && after.limits?.map(({ remaining }) => remaining)).toEqual(
      limits.map(({ limit }) => limit - expected * cost),
    );
  });

  it("GCRA: the burst, and what was refilled while they came", async () => {
    const { worlds, token } = await open([{ name: "burst", kind: "rate", limit: LIMIT, per: "1s" }]);
    const startMs = worlds[0]?.clock.now() ?? 0;
    const admitted = (await verdictsOf(worlds, token)).filter((verdict) => verdict?.ok).length;
    const latestMs = Math.max(...worlds.map(({ clock }) => clock.now()));
    expect(admitted).toBeGreaterThanOrEqual(LIMIT);
    expect(admitted).toBeLessThanOrEqual(LIMIT + Math.ceil((latestMs - startMs) / 10));
  });
});
