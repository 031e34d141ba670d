import type { Signal, SignalListener, Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { drivenWatch, withoutSignal } from "../../test/cache/support/driven-watch.js";
import { watchedStore } from "./watched-store.js";

const HEARING: Signal = { kind: "hearing" };

describe("watchedStore", () => {
  it("hears what the store tells, until the store is being closed", async () => {
    const { store, tell } = drivenWatch(memoryStore());
    const watched = watchedStore(store);
    const heard: Signal[] = [];
    watched.listen((signal) => heard.push(signal));
    tell(HEARING);
    tell({ kind: "key", keyId: "1" });
    expect(heard).toEqual([HEARING, { kind: "key", keyId: "1" }]);
    const closing = watched.store.close();
    tell(HEARING);
    await closing;
    tell(HEARING);
    expect(heard).toHaveLength(2);
  });

  it("hears what is no signal as one that says that anything may have changed", () => {
    const driven = drivenWatch(memoryStore());
    const heard: Signal[] = [];
    watchedStore(driven.store).listen((signal) => heard.push(signal));
    for (const told of [undefined, { kind: "gossip" }, { kind: "key" }]) driven.tell(told as never);
    expect(heard).toEqual([HEARING, HEARING, HEARING]);
  });

  it.each([
    [undefined, "undefined"],
    [Promise.resolve(), "an object"],
  ])("refuses a watch that gives %j instead of what ends it", (given, shown) => {
    const watched = watchedStore({ ...memoryStore(), watch: () => given as never });
    expect(() => watched.listen(() => undefined)).toThrow(
      new TypeError(`store.watch must return a function that ends the watch; it gave ${shown}`),
    );
  });

  it("refuses a watch that throws, and says why it did", () => {
    const cause = new Error("LISTEN is not allowed here");
    const watched = watchedStore({
      ...memoryStore(),
      watch: () => {
        throw cause;
      },
    });
    expect(() => watched.listen(() => undefined)).toThrow(
      new TypeError("store.watch must return a function that ends the watch; it threw", { cause }),
    );
  });

  it("hears nothing while a watch takes its time to stop", async () => {
    let tell: SignalListener = () => undefined;
    let stopped = (): void => undefined;
    const watched = watchedStore({
      ...memoryStore(),
      watch: (listener) => {
        tell = listener;
        return () => new Promise((resolve) => (stopped = resolve));
      },
    });
    const heard: Signal[] = [];
    watched.listen((signal) => heard.push(signal));
    const closing = watched.store.close();
    tell(HEARING);
    stopped();
    await closing;
    tell(HEARING);
    expect(heard).toEqual([]);
  });

  it("stops the watch and then closes the store, each once", async () => {
    const order: string[] = [];
    const driven = drivenWatch(memoryStore());
    const { store } = watchedStore({
      ...driven.store,
      close: async () => {
        order.push(`closed, with ${driven.listeners()} listening`);
      },
    });
    await Promise.all([store.close(), store.close()]);
    await store.close();
    expect(order).toEqual(["closed, with 0 listening"]);
  });

  it("closes the store even where the watch cannot be stopped, and says so each time", async () => {
    let closed = 0;
    const watched = watchedStore({
      ...memoryStore(),
      watch: () => () => Promise.reject(new Error("connection lost")),
      close: async () => {
        closed += 1;
      },
    });
    watched.listen(() => undefined);
    await expect(watched.store.close()).rejects.toThrow("connection lost");
    await expect(watched.store.close()).rejects.toThrow("connection lost");
    expect(closed).toBe(1);
  });

  it("hears nothing of a store that has no signal", async () => {
    const watched = watchedStore(withoutSignal(memoryStore()));
    watched.listen(() => expect.unreachable());
    await watched.store.close();
  });

  const { watch, ...silent } = memoryStore();
  const { capabilities } = silent;
  it.each<[Store, string]>([
    [silent, 'store.capabilities.signal must be "none", since the store has no method watch; got "sent"'],
    [
      { ...silent, ...(watch !== undefined && { watch }), capabilities: { ...capabilities, signal: "none" } },
      'store.capabilities.signal must be "sent", since the store has a method watch; got "none"',
    ],
    [
      { ...silent, capabilities: { ...capabilities, signal: undefined as never } },
      'store.capabilities.signal must be "none", since the store has no method watch; got undefined',
    ],
    [{ ...silent, capabilities: undefined as never }, "store.capabilities must be an object; got undefined"],
    [{ ...silent, watch: null as never }, "store.watch must be a function, or absent; got null"],
    [
      { ...silent, watch: "postgres://secret" as never },
      "store.watch must be a function, or absent; got a string of 17 characters",
    ],
  ])("refuses a store whose signal is not what it declares: %#", (store, message) => {
    expect(() => watchedStore(store)).toThrow(new TypeError(message));
  });
});
