import { mock } from "node:test";
import { type ChargeRequest, type ChargeResult, type Store, withAtOnce } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it, vi } from "vitest";
import type { KeyringOptions } from "../../src/options.js";
import { openWorld } from "../support/open-world.js";
import { rejectionOf } from "../support/rejection.js";

const KEY = { owner: "user_1", name: "A key", limits: [{ name: "all", kind: "credits", limit: 3 }] } as const;

/** A keyring on the store itself: what a world puts around it to count has no way at once. */
function openKeyring(store: Store, options: Partial<KeyringOptions>) {
  return openWorld(store, { ...options, store }).keyring;
}

/** Memory's store, with another way to charge at once, which may fall back on the right one. */
function chargingBy(change: (right: (request: ChargeRequest, nowMs: number) => ChargeResult) => typeof right): Store {
  const store = memoryStore();
  const { atOnce } = store.consume;
  if (atOnce === undefined) throw new Error("memory charges at once");
  const consume = vi.fn(store.consume);
  return { ...store, consume: withAtOnce(consume, change(atOnce)) };
}

function spiedOn(store: Store, down: () => Promise<never>): Store {
  vi.spyOn(store, "consume").mockImplementation(down);
  return store;
}

function mocked(store: Store, down: () => Promise<never>): Store {
  mock.method(store, "consume", down);
  return store;
}

describe.each([{}, { cache: { maxStaleMs: 5_000, maxEntries: 10 } }])("a verify of a limited key, %j", (options) => {
  it("charges at once where the store can, on the meters that peek and refund go by", async () => {
    const atOnce = vi.fn();
    const store = chargingBy((right) => (request, nowMs) => {
      atOnce();
      return right(request, nowMs);
    });
    const keyring = openKeyring(store, options);
    const { key, token } = await keyring.create(KEY);
    const verdict = await keyring.verify(token);
    expect(verdict).toMatchObject({ ok: true, limits: [{ remaining: 2 }] });
    expect(atOnce).toHaveBeenCalledOnce();
    expect(store.consume).not.toHaveBeenCalled();
    expect(await keyring.limits.peek(key.id)).toMatchObject([{ remaining: 2 }]);
    await keyring.limits.refund(verdict);
    expect(await keyring.verify(token, { cost: 3 })).toMatchObject({ ok: true, limits: [{ remaining: 0 }] });
    expect(await keyring.verify(token)).toMatchObject({ ok: false, code: "quota_exceeded" });
  });

  it("charges by the consume that somebody has put in the place of the store's, every time", async () => {
    const store = memoryStore();
    const consume = vi.fn((requests: readonly ChargeRequest[], nowMs: number) => store.consume(requests, nowMs));
    const keyring = openKeyring({ ...store, consume }, options);
    const { token } = await keyring.create(KEY);
    for (const remaining of [2, 1, 0])
      expect(await keyring.verify(token)).toMatchObject({ ok: true, limits: [{ remaining }] });
    expect(consume).toHaveBeenCalledTimes(3);
  });

  it.each<[string, (store: Store, down: () => Promise<never>) => Store]>([
    ["vitest's spy", spiedOn],
    ["node:test's mock", mocked],
    ["a proxy", (store, down) => ({ ...store, consume: new Proxy(store.consume, { apply: down }) })],
    ["a copy of its members", (store, down) => ({ ...store, consume: Object.assign(down, store.consume) })],
  ])("charges by what stands in the place of consume, members and all: %s", async (_, inItsPlace) => {
    const keyring = openKeyring(
      inItsPlace(memoryStore(), async () => {
        throw new Error("down");
      }),
      options,
    );
    const { token } = await keyring.create(KEY);
    for (let round = 0; round < 3; round += 1)
      expect((await rejectionOf(() => keyring.verify(token))).code).toBe("store_unavailable");
  });

  it("is rejected with store_unavailable where a look at the handle throws", async () => {
    const keyring = openKeyring(
      chargingBy((right) => (request, nowMs) => ({
        ...right(request, nowMs),
        get handle(): never {
          throw new Error("no handle");
        },
      })),
      options,
    );
    const { token } = await keyring.create(KEY);
    expect((await rejectionOf(() => keyring.verify(token))).code).toBe("store_unavailable");
  });

  it("is rejected with store_unavailable where the charge is senseless, or thrown", async () => {
    const cause = new Error("the disk is full");
    const failing = chargingBy(() => () => {
      throw cause;
    });
    const senseless = chargingBy(() => () => ({}) as never);
    for (const [store, expected] of [
      [failing, cause],
      [senseless, expect.any(TypeError)],
    ] as const) {
      const keyring = openKeyring(store, options);
      const { token } = await keyring.create(KEY);
      expect(await rejectionOf(() => keyring.verify(token))).toMatchObject({
        code: "store_unavailable",
        cause: expected,
      });
    }
  });

  it("is rejected with store_unavailable, and charges nothing, once the keyring is closed", async () => {
    const atOnce = vi.fn();
    const keyring = openKeyring(
      chargingBy((right) => (request, nowMs) => {
        atOnce();
        return right(request, nowMs);
      }),
      options,
    );
    const { token } = await keyring.create(KEY);
    await keyring.verify(token);
    await keyring.close();
    expect((await rejectionOf(() => keyring.verify(token))).code).toBe("store_unavailable");
    expect(atOnce).toHaveBeenCalledOnce();
  });
});
