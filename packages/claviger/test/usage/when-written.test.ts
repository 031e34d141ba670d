import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createKeyring } from "../../src/create-keyring.js";
import { openWorld } from "../support/open-world.js";
import { rejectionOf } from "../support/rejection.js";

const INPUT = { owner: "user_1", name: "ERP" } as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("when usage is written", () => {
  it("KF-18 unless told otherwise after five seconds, by one call for all keys, and no verify writes", async () => {
    const { keyring, counts, clock } = openWorld(memoryStore(), { usage: {} });
    const issued = await Promise.all(Array.from({ length: 3 }, () => keyring.create(INPUT)));
    for (const { token } of [...issued, ...issued]) await keyring.verify(token);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(counts.calls.recordUsage).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(counts.calls.recordUsage).toBe(1);
    for (const { key } of issued) expect((await keyring.get(key.id)).lastUsedAt).toBe(clock.now());
    await keyring.flush();
    await keyring.close();
    expect(counts.calls.recordUsage).toBe(1);
  });

  it("is on by default, and keeps no process alive", async () => {
    const store = memoryStore();
    const keyring = createKeyring({ store, prefix: "acme" });
    const { key, token } = await keyring.create(INPUT);
    vi.useRealTimers();
    const set = vi.spyOn(globalThis, "setTimeout");
    await keyring.verify(token);
    expect(new Set(set.mock.results.map(({ value }) => value.hasRef()))).toEqual(new Set([false]));
    await keyring.close();
    expect(await store.find([key.id])).toMatchObject([{ lastUsedAt: expect.any(Number) }]);
  });

  it("with usage: false nothing is noted, and no timer set", async () => {
    const { keyring, counts } = openWorld(memoryStore(), { usage: false });
    const { key, token } = await keyring.create(INPUT);
    await keyring.verify(token);
    // Once the verify's own deadline is watched no longer, which is well before usage would be written.
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vi.getTimerCount()).toBe(0);
    await keyring.flush();
    await keyring.close();
    expect(counts.calls.recordUsage).toBe(0);
    expect((await counts.store.find([key.id]))[0]).toMatchObject({ lastUsedAt: null });
  });

  it("close writes it before the store ends, and what was under way, too", async () => {
    const order: string[] = [];
    const inner = memoryStore();
    const store: Store = {
      ...inner,
      recordUsage: async (batch) => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        order.push(batch.map(({ counts }) => counts[0]?.count).join());
      },
      close: async () => void order.push("closed"),
    };
    const { keyring } = openWorld(store, { usage: {} });
    const { token } = await keyring.create(INPUT);
    await keyring.verify(token);
    void keyring.flush();
    await keyring.verify(token);
    await keyring.verify(token);
    const closed = keyring.close();
    await vi.advanceTimersByTimeAsync(20);
    await closed;
    expect(order).toEqual(["1", "2", "closed"]);
  });

  it("while the store cannot be written to, verifies go on, flush and close say so, and the store ends all the same", async () => {
    const inner = memoryStore();
    let ended = 0;
    const store: Store = {
      ...inner,
      recordUsage: () => Promise.reject(new Error("connection lost")),
      close: async () => {
        ended += 1;
      },
    };
    const { keyring, clock } = openWorld(store, { usage: {} });
    const dropped: unknown[] = [];
    keyring.events.on("usage_dropped", (event) => dropped.push(event));
    const { token } = await keyring.create(INPUT);
    expect((await keyring.verify(token)).ok).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await keyring.verify(token)).ok).toBe(true);
    const failure = { code: "store_unavailable", message: "the store failed; its error is the cause" };
    expect(await rejectionOf(() => keyring.flush())).toMatchObject(failure);
    expect(dropped).toEqual([]);
    const error = await rejectionOf(() => keyring.close());
    expect(error).toMatchObject({ code: "store_unavailable", cause: failure });
    expect(error.message).toContain("2 verifies");
    expect(dropped).toEqual([{ type: "usage_dropped", at: clock.now(), verifies: 2 }]);
    expect(ended).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("createKeyring's option usage", () => {
  it("is checked", () => {
    const make = (usage: unknown) => () =>
      createKeyring({ store: memoryStore(), prefix: "acme", usage: usage as { evidence: boolean } });
    expect(make({ flushIntervalMs: 60_001 })).toThrow(
      new TypeError("usage.flushIntervalMs must be a whole number from 100 to 60000; got 60001"),
    );
    expect(make(true)).toThrow(TypeError);
    expect(make({ evidence: true })).not.toThrow();
  });
});
