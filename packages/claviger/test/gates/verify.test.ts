import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { NO_CALLS } from "@claviger/testing";
import { describe, expect, it } from "vitest";
import { openWorld } from "../support/open-world.js";
import { unheard } from "../support/unheard.js";

const KEY = { owner: "anna", name: "A key" };

/** Of a hundred verifies at once: who comes first goes out alone, and all others together, since they ask for the same. */
const FINDS = 2;
/** In the turn in which a batch came back nobody goes out alone. */
const FINDS_AFTER_A_BATCH = 1;

describe("a hundred verifies at once", () => {
  it("read a tenant's settings and an owner's standing once, and not again for gateStaleMs", async () => {
    const world = openWorld(unheard(memoryStore()));
    const { token } = await world.keyring.create(KEY);
    const { token: ofBen } = await world.keyring.create({ ...KEY, owner: "ben" });
    const verifyAll = async (): Promise<void> => {
      world.counts.reset();
      const tokens = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? token : ofBen));
      const verdicts = await Promise.all(tokens.map((each) => world.keyring.verify(each)));
      expect(verdicts.every(({ ok }) => ok)).toBe(true);
    };
    await verifyAll();
    expect(world.counts.calls).toEqual({ ...NO_CALLS, find: FINDS, "settings.get": 1, "owners.read": 1 });
    world.clock.advance(4_999);
    await verifyAll();
    expect(world.counts.calls).toEqual({ ...NO_CALLS, find: FINDS_AFTER_A_BATCH });
    world.clock.advance(1);
    await verifyAll();
    expect(world.counts.calls).toEqual({
      ...NO_CALLS,
      find: FINDS_AFTER_A_BATCH,
      "settings.get": 1,
      "owners.read": 1,
    });
  });

  it("read them anew where gateStaleMs is 0, together with those alone who came no later", async () => {
    const { keyring, counts } = openWorld(unheard(memoryStore()), { gateStaleMs: 0 });
    const { token } = await keyring.create(KEY);
    counts.reset();
    await Promise.all(Array.from({ length: 100 }, () => keyring.verify(token)));
    // The 99 others were found before the first one asked, so all of them ask together.
    expect(counts.calls).toEqual({ ...NO_CALLS, find: FINDS, "settings.get": 1, "owners.read": 1 });
    counts.reset();
    for (let verified = 0; verified < 10; verified += 1) await keyring.verify(token);
    expect(counts.calls).toEqual({ ...NO_CALLS, find: 10, "settings.get": 10, "owners.read": 10 });
  });
});

describe("time that passes while the gates are waited for", () => {
  /** A store in which reading the gates takes so long. */
  function slow(inner: Store, takeTime: () => void): Store {
    return {
      ...inner,
      settings: {
        ...inner.settings,
        get: async (tenants) => {
          takeTime();
          return inner.settings.get(tenants);
        },
      },
    };
  }

  it("counts: a key that expires meanwhile is expired, a former secret that ends meanwhile is nobody's", async () => {
    let takesMs = 0;
    const world = openWorld(
      slow(unheard(memoryStore()), () => world.clock.advance(takesMs)),
      { gateStaleMs: 0 },
    );
    const { key, token: former } = await world.keyring.create({ ...KEY, expiresIn: "1h" });
    const { token } = await world.keyring.rotate(key.id, { overlap: "10m" });
    expect((await world.keyring.verify(former)).ok).toBe(true);
    takesMs = 600_000;
    expect(await world.keyring.verify(former)).toEqual({ ok: false, code: "unknown" });
    expect((await world.keyring.verify(token)).ok).toBe(true);
    takesMs = 3_000_000;
    expect(await world.keyring.verify(token)).toEqual({ ok: false, code: "expired", keyId: key.id });
  });
});
