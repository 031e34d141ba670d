import type { Signal, StopWatching, Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { createKeyring } from "../../src/create-keyring.js";
import type { KeyringOptions } from "../../src/options.js";
import { openWorld } from "../support/open-world.js";
import { drivenWatch, withoutSignal } from "./support/driven-watch.js";

const CACHE = { maxStaleMs: 3_600_000, maxEntries: 100 };
const KEY = { owner: "user_1", name: "A key" };
const HEARING: Signal = { kind: "hearing" };
const LOST: Signal = { kind: "lost" };

/** A turn of the event loop: handlers of events are called apart from what they tell of. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A keyring with a cache, whose signals the test gives, beside one of another process. */
function open(options: Partial<KeyringOptions> = {}) {
  const inner = memoryStore();
  const driven = drivenWatch(inner);
  const world = openWorld(driven.store, { cache: CACHE, gateStaleMs: CACHE.maxStaleMs, ...options });
  const told: unknown[] = [];
  for (const type of ["watch_lost", "watch_restored"] as const)
    world.keyring.events.on(type, (event) => told.push(event));
  return { ...world, ...driven, told, other: openWorld(inner).keyring };
}

describe("a keyring whose store has a signal", () => {
  it("hears of a key that another process changed, and forgets that one alone", async () => {
    const { keyring, other, tell, counts } = open();
    const [one, two] = [await keyring.create(KEY), await keyring.create(KEY)];
    for (const { token } of [one, two]) await keyring.verify(token);
    await other.revoke(one.key.id);
    counts.reset();
    expect((await keyring.verify(one.token)).ok).toBe(true);
    tell({ kind: "key", keyId: one.key.id });
    expect(await keyring.verify(one.token)).toMatchObject({ ok: false, code: "revoked" });
    expect((await keyring.verify(two.token)).ok).toBe(true);
    expect(counts.calls.find).toBe(1);
  });

  it("drops all that it knew when it hears again: what went by unheard is met", async () => {
    const { keyring, other, tell } = open();
    const { key, token } = await keyring.create(KEY);
    tell(HEARING);
    await keyring.verify(token);
    tell(LOST);
    await other.disable(key.id);
    expect((await keyring.verify(token)).ok).toBe(true);
    tell(HEARING);
    expect(await keyring.verify(token)).toMatchObject({ ok: false, code: "disabled" });
  });

  it("hears of a tenant that was switched off, and of an owner who was suspended", async () => {
    const { keyring, other, tell } = open();
    const { token } = await keyring.create(KEY);
    await keyring.verify(token);
    await other.owners.suspend(KEY.owner);
    tell({ kind: "owner", tenant: "default", owner: KEY.owner });
    expect(await keyring.verify(token)).toMatchObject({ ok: false, code: "owner_suspended" });
    await other.settings.update({ enabled: false });
    tell({ kind: "tenant", tenant: "default" });
    expect(await keyring.verify(token)).toMatchObject({ ok: false, code: "tenant_disabled" });
  });

  it("tells once that it lost the signal, and once that it has it back", async () => {
    const { tell, told, clock } = open();
    for (const signal of [HEARING, LOST, LOST]) tell(signal);
    clock.advance(1_000);
    for (const signal of [HEARING, HEARING]) tell(signal);
    await turn();
    const at = clock.now();
    expect(told).toEqual([
      { type: "watch_lost", at: at - 1_000 },
      { type: "watch_restored", at },
    ]);
  });

  it("listens once, to the last, and hears nothing after it is closed", async () => {
    const { keyring, tell, told, listeners } = open();
    expect(listeners()).toBe(1);
    await Promise.all([keyring.close(), keyring.close()]);
    expect(listeners()).toBe(0);
    tell(LOST);
    await turn();
    expect(told).toEqual([]);
  });

  it("stops listening before the store ends", async () => {
    const order: string[] = [];
    const stop: StopWatching = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push("stopped");
    };
    const store: Store = {
      ...memoryStore(),
      watch: () => stop,
      close: async () => {
        order.push("closed");
      },
    };
    await openWorld(store, { cache: CACHE }).keyring.close();
    expect(order).toEqual(["stopped", "closed"]);
  });

  it("listens for its gates alone, and not where there is nothing to forget", () => {
    expect(open({ cache: undefined as never }).listeners()).toBe(1);
    expect(open({ gateStaleMs: 0 }).listeners()).toBe(1);
    expect(open({ cache: undefined as never, gateStaleMs: 0 }).listeners()).toBe(0);
  });

  it("listens to nothing where an option was refused", () => {
    const { store, listeners } = drivenWatch(memoryStore());
    const options = { store, prefix: "acme", cache: CACHE, random: "none" as never };
    expect(() => createKeyring(options)).toThrow(TypeError);
    expect(() => createKeyring({ ...options, random: undefined as never, peppers: "none" as never })).toThrow(
      TypeError,
    );
    expect(listeners()).toBe(0);
  });
});

it("a store that declares no signal and has one, or the reverse, is refused", () => {
  const { watch: _, ...mute } = memoryStore();
  const silent = withoutSignal(memoryStore());
  expect(() => createKeyring({ store: mute, prefix: "acme" })).toThrow(/^store\.capabilities\.signal must be "none"/);
  expect(() => createKeyring({ store: { ...silent, watch: () => async () => undefined }, prefix: "acme" })).toThrow(
    /^store\.capabilities\.signal must be "sent"/,
  );
  expect(() => createKeyring({ store: silent, prefix: "acme", cache: CACHE })).not.toThrow();
});

it.each([5, null, {}, "postgres://secret"])("a watch that is no function is refused by its name: %j", (watch) => {
  const store = { ...memoryStore(), watch: watch as never };
  expect(() => createKeyring({ store, prefix: "acme", cache: CACHE })).toThrow(
    /^store\.watch must be a function, or absent; got /,
  );
});

it("so are capabilities that are missing, a watch that throws, and one that cannot be ended", () => {
  const { capabilities: _, ...store } = memoryStore();
  const named = (changed: object, message: RegExp): void =>
    expect(() => createKeyring({ store: { ...store, ...changed } as Store, prefix: "acme" })).toThrow(message);
  named({}, /^store\.capabilities must be an object; got undefined$/);
  const { capabilities } = memoryStore();
  const fail = (): never => {
    throw new Error("connection lost");
  };
  named({ capabilities, watch: fail }, /^store\.watch must return .*; it threw$/);
  named({ capabilities, watch: () => undefined }, /^store\.watch must return .*; it gave undefined$/);
});

it("whatever a store tells that is no signal, nothing is thrown at it, and everything is forgotten", async () => {
  const { keyring, other, tell } = open();
  const { key, token } = await keyring.create(KEY);
  await keyring.verify(token);
  await other.disable(key.id);
  tell({ kind: "key" } as never);
  expect(await keyring.verify(token)).toMatchObject({ ok: false, code: "disabled" });
});

it("closing one of two keyrings over one store tells the other that it hears no more", async () => {
  const store = memoryStore();
  const [one, two] = [openWorld(store, { cache: CACHE }), openWorld(store, { cache: CACHE })];
  const told: unknown[] = [];
  two.keyring.events.on("watch_lost", (event) => told.push(event.type));
  await turn();
  await one.keyring.close();
  await turn();
  expect(told).toEqual(["watch_lost"]);
});

it("two keyrings over one store in memory hear each other", async () => {
  const store = memoryStore();
  const [one, two] = [openWorld(store, { cache: CACHE }), openWorld(store, { cache: CACHE })];
  const { key, token } = await one.keyring.create(KEY);
  expect((await two.keyring.verify(token)).ok).toBe(true);
  await one.keyring.revoke(key.id);
  expect(await two.keyring.verify(token)).toMatchObject({ ok: false, code: "revoked" });
});
