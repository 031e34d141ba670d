import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { guardStore } from "./guarded-store.js";

describe("guardStore", () => {
  it("passes arguments and results on as they are, an absent tenant as absent", async () => {
    const asked: unknown[][] = [];
    const inner = {
      ...memoryStore(),
      find: async (...given: unknown[]) => {
        asked.push(given);
        return [];
      },
    };
    const store = guardStore(inner, async () => undefined);
    expect(await store.find(["a"])).toEqual([]);
    await store.find(["a"], "t");
    await store.find(["a"], undefined);
    expect(asked).toEqual([[["a"]], [["a"], "t"], [["a"]]]);
    expect(store.capabilities).toBe(inner.capabilities);
  });

  it("calls the store's methods on the store", async () => {
    class Legacy {
      readonly capabilities = { meterClock: "caller" } as const;
      readonly answer = [undefined];
      async find(): Promise<readonly undefined[]> {
        return this.answer;
      }
    }
    const store = guardStore(
      Object.assign(new Legacy(), { ...memoryStore(), find: Legacy.prototype.find }),
      async () => undefined,
    );
    expect(await store.find(["a"])).toEqual([undefined]);
  });

  it("ends the store after what is under way has settled", async () => {
    const order: string[] = [];
    const inner = { ...memoryStore(), close: async () => void order.push("closed") };
    const store = guardStore(inner, async () => void order.push("settled"));
    await Promise.all([store.close(), store.close()]);
    expect(order).toEqual(["settled", "closed"]);
    await expect(store.find([])).rejects.toMatchObject({ code: "store_unavailable", message: "the keyring is closed" });
  });
});

describe("guardStore, consume.atOnce", () => {
  const charge = { form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 5 } as const;
  const request = { tenant: "t_1", keyId: "k_1", charges: [charge], units: 1 };
  const guarded = (store: Store) => guardStore(store, async () => undefined);
  const withAtOnce = (atOnce: () => never): Store => ({
    ...memoryStore(),
    consume: Object.assign(async () => [], { atOnce }),
  });

  it("is passed on with its arguments and its result, and needs no this", () => {
    const asked: unknown[][] = [];
    const inner = withAtOnce((...given: unknown[]) => ({ told: asked.push(given) }) as never);
    const { atOnce } = guarded(inner).consume;
    expect(atOnce?.(request, 5)).toEqual({ told: 1 });
    expect(asked).toEqual([[request, 5]]);
  });

  it("charges the meters that consume charges", async () => {
    const { consume } = guarded(memoryStore());
    expect(consume.atOnce?.(request, 5)).toMatchObject({ admitted: 1, meters: [{ used: 1 }] });
    expect(await consume([request], 5)).toMatchObject([{ admitted: 1, meters: [{ used: 2 }] }]);
  });

  it("is there only where the store has it", () => {
    expect("atOnce" in guarded({ ...memoryStore(), consume: async () => [] }).consume).toBe(false);
  });

  it("throws store_unavailable for whatever the store throws, with that for its cause", () => {
    const cause = new Error("the disk is full");
    const { consume } = guarded(
      withAtOnce(() => {
        throw cause;
      }),
    );
    expect(() => consume.atOnce?.(request, 5)).toThrow(expect.objectContaining({ code: "store_unavailable", cause }));
  });

  it("throws store_unavailable from the moment that the store is being closed, and asks it no more", async () => {
    let asked = 0;
    const store = guarded(
      withAtOnce(() => {
        asked += 1;
        return {} as never;
      }),
    );
    const closing = store.close();
    const refused = expect.objectContaining({ code: "store_unavailable", message: "the keyring is closed" });
    expect(() => store.consume.atOnce?.(request, 5)).toThrow(refused);
    await closing;
    expect(() => store.consume.atOnce?.(request, 5)).toThrow(refused);
    expect(asked).toBe(0);
  });
});
