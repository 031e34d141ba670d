import { type ConsumeIfUnchanged, defineScopes, type Store, withIfUnchanged } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { asFoundStore, NO_CALLS } from "@claviger/testing";
import { describe, expect, it, vi } from "vitest";
import type { KeyringOptions } from "../../src/options.js";
import { openWorld, type World } from "../support/open-world.js";
import { rejectionOf } from "../support/rejection.js";

const LIMITS = [{ name: "all", kind: "credits", limit: 3 }] as const;
const KEY = { owner: "user_1", name: "A key", limits: LIMITS } as const;
const scopes = defineScopes(["orders:read", "orders:write"]);

/** A world over a store that charges keys as they were found, in which a key was verified once. */
async function openKnown(options: Partial<KeyringOptions> = {}, key: object = {}, store = asFoundStore(memoryStore())) {
  const world = openWorld(store, options);
  const { key: created, token } = await world.keyring.create({ ...KEY, ...key });
  expect(await world.keyring.verify(token)).toMatchObject({ ok: true });
  world.counts.reset();
  return { ...world, inner: store, id: created.id, token };
}

function called({ counts: { calls } }: Pick<World, "counts">): object {
  const { find, consume } = calls;
  return { find, consume, ifUnchanged: calls["consume.ifUnchanged"] };
}

const BY_ONE = { find: 0, consume: 0, ifUnchanged: 1 };
const ANEW = { find: 1, consume: 1, ifUnchanged: 0 };

/** Memory's store, of which the form that finds out is another. */
function answering(ifUnchanged: (...given: Parameters<ConsumeIfUnchanged>) => Promise<unknown>): Store {
  const { find, consume, ...store } = asFoundStore(memoryStore());
  const wrong = ifUnchanged as (...given: Parameters<ConsumeIfUnchanged>) => ReturnType<ConsumeIfUnchanged>;
  return { ...store, find, consume: withIfUnchanged(consume, find, wrong) };
}

describe("a verify of a limited key that was verified before, without a cache", () => {
  it("takes one call, which charges and refuses as always", async () => {
    const world = await openKnown();
    expect(await world.keyring.verify(world.token)).toMatchObject({ ok: true, limits: [{ remaining: 1 }] });
    expect(world.counts.calls).toEqual({ ...NO_CALLS, "consume.ifUnchanged": 1 });
    expect(await world.keyring.verify(world.token, { cost: 2 })).toMatchObject({ ok: false, code: "quota_exceeded" });
    expect(called(world)).toEqual({ ...BY_ONE, ifUnchanged: 2 });
    expect(await world.keyring.limits.peek(world.id)).toMatchObject([{ remaining: 1 }]);
  });

  it("takes two where the key was not asked for a second before: its use may have been recorded, in its row", async () => {
    const world = await openKnown({}, { limits: [{ name: "all", kind: "credits", limit: 99 }] });
    for (let times = 1; times <= 5; times += 1) {
      world.clock.advance(999);
      await world.keyring.verify(world.token);
      expect(called(world)).toEqual({ ...BY_ONE, ifUnchanged: times });
    }
    world.counts.reset();
    world.clock.advance(1_000);
    await world.keyring.verify(world.token);
    expect(called(world)).toEqual(ANEW);
    await world.keyring.verify(world.token);
    expect(called(world)).toEqual({ ...ANEW, ifUnchanged: 1 });
  });

  it("may be refunded", async () => {
    const { keyring, token, id } = await openKnown();
    const verdict = await keyring.verify(token);
    expect(await keyring.limits.refund(verdict)).toEqual({ refunded: true });
    expect(await keyring.limits.peek(id)).toMatchObject([{ remaining: 2 }]);
  });

  it("of 64 at once admits as many as fit, in few calls", async () => {
    const world = await openKnown({}, { limits: [{ name: "all", kind: "credits", limit: 21 }] });
    const verdicts = await Promise.all(Array.from({ length: 64 }, () => world.keyring.verify(world.token)));
    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(20);
    expect(called(world)).toEqual({ ...BY_ONE, ifUnchanged: 2 });
  });

  it.each<[string, number, (other: World, id: string) => Promise<unknown>, object]>([
    ["revoked", 0, ({ keyring }, id) => keyring.revoke(id), { ok: false, code: "revoked" }],
    ["disabled", 0, ({ keyring }, id) => keyring.disable(id), { ok: false, code: "disabled" }],
    ["deleted", 0, ({ keyring }, id) => keyring.delete(id), { ok: false, code: "unknown" }],
    ["rotated", 0, ({ keyring }, id) => keyring.rotate(id, { overlap: 0 }), { ok: false, code: "unknown" }],
    ["freed of limits", 0, ({ keyring }, id) => keyring.update(id, { limits: [] }), { ok: true, limits: [] }],
    ["renamed", 1, ({ keyring }, id) => keyring.update(id, { name: "B" }), { ok: true, key: { name: "B" } }],
  ])(
    "promise 2: finds the key anew once another process has %s it, and from then on again in %i calls of that form",
    async (_, again, change, verdict) => {
      const world = await openKnown();
      await change(openWorld(world.inner), world.id);
      expect(await world.keyring.verify(world.token)).toMatchObject(verdict);
      expect(called(world)).toMatchObject({ find: 1, ifUnchanged: 1 });
      expect(await world.keyring.verify(world.token)).toMatchObject(verdict);
      expect(called(world)).toMatchObject({ ifUnchanged: 1 + again });
    },
  );

  it("finds the key anew where it would be refused as it was found", async () => {
    const world = await openKnown({ scopes }, { scopes: ["orders:read"] });
    const request = { scopes: ["orders:write"] };
    expect(await world.keyring.verify(world.token, request)).toMatchObject({ ok: false, code: "insufficient_scope" });
    await openWorld(world.inner, { scopes }).keyring.update(world.id, { scopes: ["orders:write"] });
    expect(await world.keyring.verify(world.token, request)).toMatchObject({ ok: true });
    expect(called(world)).toMatchObject({ find: 2, ifUnchanged: 0 });
  });

  it("charges nothing once the key is past its end", async () => {
    const world = await openKnown({}, { expiresIn: "1h" });
    world.clock.advance(3_600_000);
    expect(await world.keyring.verify(world.token)).toMatchObject({ ok: false, code: "expired" });
    expect(called(world)).toMatchObject({ consume: 0, ifUnchanged: 0 });
  });

  it("finds the key by whatever else is presented: a wrong secret, and a former one", async () => {
    const world = await openKnown();
    const { token } = await world.keyring.rotate(world.id, { overlap: "1h" });
    expect(await world.keyring.verify(token)).toMatchObject({ ok: true });
    world.counts.reset();
    expect(await world.keyring.verify(world.token)).toMatchObject({ ok: true });
    expect(called(world)).toEqual(ANEW);
    expect(await world.keyring.verify(token)).toMatchObject({ ok: false, code: "quota_exceeded" });
    expect(called(world)).toEqual({ ...ANEW, ifUnchanged: 1 });
  });

  it.each<[string, Partial<KeyringOptions>, object]>([
    ["limits are shared", { settings: { ownerLimits: [{ name: "owner", kind: "credits", limit: 9 }] } }, ANEW],
    ["the gates are read each time", { gateStaleMs: 0 }, ANEW],
    ["keys are in a cache", { cache: { maxStaleMs: 60_000, maxEntries: 10 } }, { ...ANEW, find: 0 }],
  ])("asks as ever where %s", async (_, options, calls) => {
    const world = await openKnown(options);
    expect(await world.keyring.verify(world.token)).toMatchObject({ ok: true });
    expect(called(world)).toEqual(calls);
  });

  it("asks as ever of a key without limits", async () => {
    const world = await openKnown({}, { limits: [] });
    expect(await world.keyring.verify(world.token)).toMatchObject({ ok: true });
    expect(called(world)).toEqual({ ...ANEW, consume: 0 });
  });

  it.each(["find", "consume"] as const)("asks whoever stands in the place of %s, each time", async (method) => {
    const store = asFoundStore(memoryStore());
    const inItsPlace = vi.fn(store[method] as (...given: unknown[]) => Promise<never>);
    const { keyring } = openWorld(store, { store: { ...store, [method]: inItsPlace } });
    const { token } = await keyring.create(KEY);
    for (let times = 1; times <= 3; times += 1) {
      expect(await keyring.verify(token)).toMatchObject({ ok: true });
      expect(inItsPlace).toHaveBeenCalledTimes(times);
    }
  });

  it.each<[string, () => Promise<unknown>]>([
    ["fails", async () => Promise.reject(new Error("down"))],
    ["throws", () => expect.fail("at once")],
    ["answers nothing", async () => undefined],
    ["answers too much", async () => [null, null]],
    ["admits more than was asked for", async () => [{ admitted: 2, meters: [null], nowUs: 0 }]],
    ["answers what is no result", async () => [{}]],
  ])("is store_unavailable where the store %s, and nothing is charged twice", async (_, answer) => {
    const store = answering(answer);
    const world = await openKnown({}, {}, store);
    expect((await rejectionOf(() => world.keyring.verify(world.token))).code).toBe("store_unavailable");
    expect(called(world)).toEqual(BY_ONE);
    expect(await world.keyring.limits.peek(world.id)).toMatchObject([{ remaining: 2 }]);
    world.counts.reset();
    expect(await world.keyring.verify(world.token)).toMatchObject({ ok: true });
    expect(called(world)).toEqual(ANEW);
  });

  it("is refused once the keyring is closed", async () => {
    const world = await openKnown();
    await world.keyring.close();
    expect((await rejectionOf(() => world.keyring.verify(world.token))).code).toBe("store_unavailable");
    expect(called(world)).toEqual({ ...BY_ONE, ifUnchanged: 0 });
  });

  it("gives views that nobody can change for the next one", async () => {
    const { keyring, token } = await openKnown({}, { metadata: { list: [1] } });
    const verdict = await keyring.verify(token);
    if (!verdict.ok) throw new Error("it is admitted");
    expect(Object.isFrozen(verdict.key.metadata.list)).toBe(true);
    expect(await keyring.verify(token)).toMatchObject({ key: { metadata: { list: [1] } } });
  });
});
